import { Duration } from '../../core/duration.ts'
import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { untilStable } from '../../core/wait.ts'
import type { Kubectl, KubernetesObject } from '../../tools/kubectl.ts'
import { isRecord } from '../../tools/table.ts'

/** These can't be deleted, or are no use without what stands in them; of them only the objects go. */
const systemNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

export interface KubernetesOptions {
  readonly kubectl: Kubectl
  readonly log: Log
  readonly signal: AbortSignal
  /** How long the cloud provider may take to delete what it made. */
  readonly patience: Duration
}

/**
 * Deletes what a cluster has made in the IaaS behind BOSH's back, while its API still works: services of type LoadBalancer
 * and volumes. A namespace that holds some goes as a whole, with the pods that would keep a volume from going. Waits until
 * they are gone. Gives how many there were.
 */
export async function deleteKubernetesObjects(options: KubernetesOptions): Promise<number> {
  const { kubectl, log } = options
  const [services, claims, volumes] = await Promise.all([
    balancedServices(kubectl),
    kubectl.get('persistentvolumeclaims'),
    claimedVolumes(kubectl)
  ])
  const objects = [
    ...services.map(object => ({ type: 'service', object })),
    ...claims.map(object => ({ type: 'persistentvolumeclaim', object }))
  ]
  if (objects.length === 0 && volumes.length === 0) return 0
  for (const volume of volumes) await letDiskGo(kubectl, volume)
  const namespaces = new Set(objects.map(({ object }) => namespaceOf(object)))
  for (const namespace of namespaces) {
    if (systemNamespaces.includes(namespace)) continue
    log.info(`deleting namespace ${namespace}, with what it has in the IaaS`)
    await kubectl.delete('namespace', namespace)
  }
  for (const { type, object } of objects) {
    if (!systemNamespaces.includes(namespaceOf(object))) continue
    log.info(`deleting ${type} ${namespaceOf(object)}/${nameOf(object)}`)
    await kubectl.delete(type, nameOf(object), namespaceOf(object))
  }
  await untilGone(options)
  return objects.length + volumes.length
}

async function untilGone({ kubectl, signal, patience }: KubernetesOptions): Promise<void> {
  const noneLeft = async (): Promise<void> => {
    const left = [...(await balancedServices(kubectl)), ...(await claimedVolumes(kubectl))].map(nameOf)
    if (left.length > 0) throw new UserError('timeout', `still there: ${left.join(', ')}`)
  }
  await untilStable(noneLeft, {
    what: 'the load balancers and volumes of Kubernetes to be gone',
    times: 1,
    every: Duration.seconds(2),
    deadline: patience,
    signal
  })
}

async function balancedServices(kubectl: Kubectl): Promise<KubernetesObject[]> {
  return (await kubectl.get('services')).filter(service => partOf(service, 'spec')['type'] === 'LoadBalancer')
}

/** A volume that was never claimed is nobody's: made by hand, and no disk of a cloud provider. */
async function claimedVolumes(kubectl: Kubectl): Promise<KubernetesObject[]> {
  return (await kubectl.get('persistentvolumes')).filter(volume =>
    isRecord(partOf(volume, 'spec')['claimRef'])
  )
}

/** A volume whose policy is Retain leaves its disk in the IaaS. */
async function letDiskGo(kubectl: Kubectl, volume: KubernetesObject): Promise<void> {
  const spec = partOf(volume, 'spec')
  if (spec['persistentVolumeReclaimPolicy'] === 'Delete') return
  const { apiVersion, kind } = volume
  const changed = {
    apiVersion,
    kind,
    metadata: { name: nameOf(volume) },
    spec: { ...spec, persistentVolumeReclaimPolicy: 'Delete' }
  }
  await kubectl.apply(JSON.stringify(changed))
}

function partOf(object: KubernetesObject, part: 'metadata' | 'spec'): Record<string, unknown> {
  const found = object[part]
  return isRecord(found) ? found : {}
}

function nameOf(object: KubernetesObject): string {
  return String(partOf(object, 'metadata')['name'])
}

function namespaceOf(object: KubernetesObject): string {
  return String(partOf(object, 'metadata')['namespace'])
}
