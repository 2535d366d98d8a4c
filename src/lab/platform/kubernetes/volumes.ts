import { at, isMap, textAt } from '../../../manifest/value.ts'
import type { CloudProvider } from './cloud-provider.ts'
import { claimKind, volumeKind } from './known-kinds.ts'
import { nameOf, namespaceOf, withParts, type KubeObject } from './object.ts'
import type { Store } from './store.ts'

/** cid of the disk in the cloud that a volume is. */
export function diskOf(volume: KubeObject): string | undefined {
  return textAt(volume, 'spec', 'labDisk', 'cid')
}

/** Makes the volume that a claim asks for, where somebody can make one; else the claim waits. */
export function fitClaim(store: Store, claim: KubeObject, provider: CloudProvider | undefined): void {
  const spec = at(claim, 'spec')
  if (!isMap(spec) || textAt(spec, 'volumeName') !== undefined) return
  if (provider === undefined) {
    if (textAt(claim, 'status', 'phase') === 'Pending') return
    store.update(claimKind, namespaceOf(claim), withParts(claim, { status: { phase: 'Pending' } }))
    return
  }
  const uid = textAt(claim, 'metadata', 'uid') ?? ''
  const name = `pvc-${uid}`
  const size = textAt(spec, 'resources', 'requests', 'storage') ?? '1Gi'
  const cid = provider.createDisk(uid, mebibytesIn(size))
  store.create(volumeKind, '', {
    metadata: { name },
    spec: {
      capacity: { storage: size },
      persistentVolumeReclaimPolicy: 'Delete',
      claimRef: {
        kind: 'PersistentVolumeClaim',
        namespace: namespaceOf(claim),
        name: nameOf(claim),
        uid
      },
      labDisk: { cid }
    },
    status: { phase: 'Bound' }
  })
  store.update(
    claimKind,
    namespaceOf(claim),
    withParts(claim, {
      spec: { ...spec, volumeName: name },
      status: { phase: 'Bound', capacity: { storage: size } }
    })
  )
}

/** `5Gi`, `500Mi` as MiB. */
function mebibytesIn(size: string): number {
  const [, amount = '1', unit = 'Gi'] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(size) ?? []
  const factors: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 * 1024 }
  return Math.max(1, Math.ceil(Number(amount) * (factors[unit] ?? 1024)))
}
