import type { KubernetesObject } from '../tools/kubectl.ts'
import { isRecord } from '../tools/table.ts'

/**
 * What tells why a cluster does not come up: nodes that are not ready, pods that wait, and what was said of them. Of each
 * only what is needed for that: the environment of a container may hold what nobody else knows to be a secret.
 */
export const clusterEvidence: Readonly<Record<string, (object: KubernetesObject) => KubernetesObject>> = {
  nodes: ({ metadata, spec, status }) => ({
    ...identityOf(metadata),
    labels: partOf(metadata, 'labels'),
    taints: partOf(spec, 'taints'),
    status
  }),
  pods: ({ metadata, spec, status }) => ({ ...identityOf(metadata), node: partOf(spec, 'nodeName'), status }),
  events: ({ metadata, involvedObject, type, reason, message, count, lastTimestamp }) => ({
    ...identityOf(metadata),
    involvedObject,
    type,
    reason,
    message,
    count,
    lastTimestamp
  })
}

function identityOf(metadata: unknown): KubernetesObject {
  return {
    name: partOf(metadata, 'name'),
    namespace: partOf(metadata, 'namespace'),
    creationTimestamp: partOf(metadata, 'creationTimestamp')
  }
}

function partOf(holder: unknown, key: string): unknown {
  return isRecord(holder) ? holder[key] : undefined
}
