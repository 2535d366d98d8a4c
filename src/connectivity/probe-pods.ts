import { probePort } from './matrix.ts'

export const namespace = 'causeway-connectivity'

export interface ProbePod {
  readonly name: 'pod-a' | 'pod-b' | 'pod-c'
  readonly worker: 'first' | 'second'
}

/** A service, and the one pod behind it. */
export interface ProbeService {
  readonly name: 'service-a' | 'service-c'
  readonly pod: ProbePod['name']
}

/**
 * A namespace, pods bound to their nodes, so that "same worker" and "other worker" are what they say, and services with one pod
 * each, so that who answers is known beforehand.
 */
export function probeManifests(
  pods: readonly ProbePod[],
  services: readonly ProbeService[],
  nodes: Readonly<Record<'first' | 'second', string>>,
  image: string
): string {
  const documents = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...pods.map(({ name, worker }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { app: 'probe', probe: name } },
      spec: {
        nodeName: nodes[worker],
        containers: [{ name: 'probe', image, ports: [{ containerPort: probePort }] }]
      }
    })),
    ...services.map(({ name, pod }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { probe: pod }, ports: [{ port: probePort }] }
    }))
  ]
  // JSON is YAML; one document after the other.
  return documents.map(document => `---\n${JSON.stringify(document)}\n`).join('')
}
