/** What stands at an end of a flow. Apps run on Diego cells, pods on CFCR workers. */
export type Endpoint = 'app-a' | 'app-b' | 'pod-a' | 'pod-b' | 'pod-c'

export type NetworkKind = 'silk' | 'flannel'

/** Whether a request has to be answered, or has to fail. */
export type Expectation = 'passes' | 'fails'

/** One flow that is tried, and what it proves. */
export interface Cell {
  readonly id: string
  readonly from: Endpoint
  readonly to: Endpoint
  readonly proves: string
  /** A network policy from → to stands while the cell runs. */
  readonly policy?: true
  /** By the network that the environment's pods are on. */
  readonly expected: Readonly<Record<NetworkKind, Expectation>>
  /** Must fail wherever it runs: a matrix in which this passes proves nothing. */
  readonly control?: true
}

/** The port that the probe answers on. */
export const probePort = 8080

/** pod-a and pod-b share a worker; pod-c runs on another one. */
export const matrix: readonly Cell[] = [
  {
    id: 'app-app-no-policy',
    from: 'app-a',
    to: 'app-b',
    proves: 'apps are closed to one another until a policy opens them',
    expected: { silk: 'fails', flannel: 'fails' },
    control: true
  },
  {
    id: 'app-app-policy',
    from: 'app-a',
    to: 'app-b',
    proves: 'a network policy opens an app to another',
    policy: true,
    expected: { silk: 'passes', flannel: 'passes' }
  },
  {
    id: 'app-pod',
    from: 'app-a',
    to: 'pod-a',
    proves: 'an app reaches a pod by its own address, on one SILK network',
    expected: { silk: 'passes', flannel: 'fails' }
  },
  {
    id: 'pod-app-no-policy',
    from: 'pod-a',
    to: 'app-a',
    proves: 'apps stay closed to pods that no policy names',
    expected: { silk: 'fails', flannel: 'fails' },
    control: true
  },
  {
    id: 'pod-pod-same-worker',
    from: 'pod-a',
    to: 'pod-b',
    proves: 'pods of one worker reach one another',
    expected: { silk: 'passes', flannel: 'passes' }
  },
  {
    id: 'pod-pod-other-worker',
    from: 'pod-a',
    to: 'pod-c',
    proves: 'pods of different workers reach one another without address translation',
    expected: { silk: 'passes', flannel: 'passes' }
  }
]
