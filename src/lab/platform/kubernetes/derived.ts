import { textAt } from '../../../manifest/value.ts'
import { nameOf, namespaceOf, type KubeObject } from './object.ts'
import type { Pods } from './pods.ts'

/** The addresses behind a service. */
export function endpointsOf(service: KubeObject, backends: readonly KubeObject[], pods: Pods): KubeObject {
  const addresses = backends.flatMap(pod => {
    const state = pods.state(pod)
    return state.phase === 'Running' ? [{ ip: state.address }] : []
  })
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: nameOf(service), namespace: namespaceOf(service) },
    subsets: addresses.length === 0 ? [] : [{ addresses }]
  }
}

/** What keeps a pod from being ready, as the event that kubelet or the scheduler would record. */
export function eventsOf(pod: KubeObject, pods: Pods): readonly KubeObject[] {
  const state = pods.state(pod)
  const [reason, message] =
    state.phase === 'Pending' ? [state.reason, state.message] : ['Unhealthy', state.unready]
  if (message === undefined) return []
  return [
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${nameOf(pod)}.${reason.toLowerCase()}`, namespace: namespaceOf(pod) },
      involvedObject: { kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod) },
      type: 'Warning',
      reason,
      message,
      lastTimestamp: textAt(pod, 'metadata', 'creationTimestamp') ?? ''
    }
  ]
}
