import { probePort } from './matrix.ts'

export const namespace = 'causeway-connectivity'

export interface ProbePod {
  readonly name: 'pod-a' | 'pod-b' | 'pod-c'
  readonly worker: 'first' | 'second'
}

/** A namespace and pods bound to their nodes, so that "same worker" and "other worker" are what they say. */
export function podManifests(
  pods: readonly ProbePod[],
  nodes: Readonly<Record<'first' | 'second', string>>,
  image: string
): string {
  const documents = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...pods.map(({ name, worker }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { app: 'probe' } },
      spec: {
        nodeName: nodes[worker],
        containers: [{ name: 'probe', image, ports: [{ containerPort: probePort }] }]
      }
    }))
  ]
  // JSON is YAML; one document after the other.
  return documents.map(document => `---\n${JSON.stringify(document)}\n`).join('')
}
