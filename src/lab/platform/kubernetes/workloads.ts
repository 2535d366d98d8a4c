import { createHash, randomUUID } from 'node:crypto'
import { at, isMap, listAt, textAt } from '../../../manifest/value.ts'
import type { Kind } from './kinds.ts'
import { daemonSetKind, podKind } from './known-kinds.ts'
import {
  labelsOf,
  nameOf,
  namespaceOf,
  numberAt,
  withMetadata,
  withParts,
  type KubeObject
} from './object.ts'
import type { Pods } from './pods.ts'
import type { Store } from './store.ts'

/** uid of the object that made the pod. */
export function ownerOf(pod: KubeObject): string | undefined {
  return textAt(listAt(pod, 'metadata', 'ownerReferences')[0], 'uid')
}

/** Pods that a Deployment or DaemonSet has made. */
export function podsOf(store: Store, owner: KubeObject): readonly KubeObject[] {
  const uid = textAt(owner, 'metadata', 'uid')
  return store.list(podKind, namespaceOf(owner)).filter(pod => ownerOf(pod) === uid)
}

const hashLabel = 'pod-template-hash'

/** Makes the pods that lack; gives those that are too many, or made from a template that is no longer the owner's. */
export function scale(store: Store, kind: Kind, owner: KubeObject, replicas: number): readonly KubeObject[] {
  const template = at(owner, 'spec', 'template') ?? null
  const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10)
  const all = podsOf(store, owner)
  const current = all.filter(pod => labelsOf(pod)[hashLabel] === hash)
  const reference = {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    name: nameOf(owner),
    uid: textAt(owner, 'metadata', 'uid') ?? '',
    controller: true
  }
  for (let count = current.length; count < replicas; count += 1) {
    const name = `${nameOf(owner)}-${randomUUID().slice(0, 5)}`
    const labels = { ...labelsOf(template), [hashLabel]: hash }
    const pod = withMetadata(isMap(template) ? template : {}, { name, labels, ownerReferences: [reference] })
    store.create(podKind, namespaceOf(owner), pod)
  }
  return [...all.filter(pod => !current.includes(pod)), ...current.slice(replicas)]
}

/** A Deployment or DaemonSet with the status that it has now. */
export function withReplicas(store: Store, pods: Pods, kind: Kind, owner: KubeObject): KubeObject {
  const mine = podsOf(store, owner)
  const ready = mine.filter(pod => pods.isReady(pod)).length
  if (kind === daemonSetKind) {
    return withParts(owner, {
      status: {
        desiredNumberScheduled: mine.length,
        currentNumberScheduled: mine.length,
        numberReady: ready
      }
    })
  }
  const isAvailable = ready >= replicasOf(owner)
  return withParts(owner, {
    status: {
      replicas: mine.length,
      updatedReplicas: mine.length,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [{ type: 'Available', status: isAvailable ? 'True' : 'False' }]
    }
  })
}

export function replicasOf(deployment: KubeObject): number {
  return numberAt(at(deployment, 'spec') ?? null, 'replicas', 1)
}
