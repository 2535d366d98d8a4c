import type { MatrixResults } from '../../src/core/matrix-results.ts'

/** Flows that went as expected or not, one that did so when it was tried again, and one that was not tried. */
export const sampleResults: MatrixResults = {
  environment: 'play-fern',
  network: 'silk',
  cells: [
    {
      id: 'app-pod',
      from: 'app-a',
      to: 'pod-a',
      proves: 'an app reaches a pod by its own address',
      command: "cf ssh app-a -c 'curl -s http://10.255.30.2:8080/'",
      expected: 'passes',
      verdict: 'pass',
      source: '10.255.12.7',
      tookMillis: 412,
      detail: 'answered, seen as 10.255.12.7'
    },
    {
      id: 'pod-app-policy',
      from: 'pod-a',
      to: 'app-a',
      proves: 'a network policy opens an app to a pod & "no other"',
      command: 'kubectl exec probe-a -- curl -s http://10.255.12.7:8080/',
      expected: 'passes',
      verdict: 'fail',
      tookMillis: 5001,
      detail: 'no answer: <connection timed out> after 5001 ms'
    },
    {
      id: 'pod-app-no-policy',
      from: 'pod-a',
      to: 'app-b',
      proves: 'without a policy an app is closed to pods',
      command: 'kubectl exec probe-a -- curl -s http://10.255.12.8:8080/',
      expected: 'fails',
      verdict: 'pass',
      tookMillis: 104,
      detail: 'refused, as it should be'
    },
    {
      id: 'pod-service',
      from: 'pod-a',
      to: 'service-c',
      proves: 'kube-proxy leads to a pod of another worker',
      command: 'kubectl exec probe-a -- curl -s http://10.100.200.8:8080/',
      expected: 'passes',
      verdict: 'flake',
      tries: 2,
      tookMillis: 6205,
      detail: 'no answer: <connection timed out> after 5001 ms'
    },
    {
      id: 'pod-pod-other-node',
      from: 'pod-a',
      to: 'pod-c',
      proves: 'pods on two workers reach each other',
      command: 'kubectl exec probe-a -- curl -s http://10.255.31.2:8080/',
      expected: 'passes',
      verdict: 'skip',
      tookMillis: 0,
      detail: 'there is only one worker'
    }
  ]
}
