import { describe, expect, it } from 'vitest'
import { Duration } from '../../../src/core/duration.ts'
import { createLog } from '../../../src/core/log.ts'
import { deleteKubernetesObjects } from '../../../src/environment/teardown/delete-kubernetes.ts'
import type { Kubectl, KubernetesObject } from '../../../src/tools/kubectl.ts'

/** A cluster of objects by type; a namespace takes along what is in it, and a claim its volume if that may go. */
class Cluster implements Kubectl {
  readonly asked: string[] = []
  readonly objects: Record<string, KubernetesObject[]>

  constructor(objects: Record<string, KubernetesObject[]>) {
    this.objects = objects
  }

  get(type: string): Promise<KubernetesObject[]> {
    return Promise.resolve(this.objects[type] ?? [])
  }

  apply(manifests: string): Promise<void> {
    this.asked.push(`apply ${manifests}`)
    return Promise.resolve()
  }

  delete(type: string, name: string, namespace?: string): Promise<void> {
    this.asked.push(`delete ${[type, namespace, name].filter(part => part !== undefined).join(' ')}`)
    for (const [kind, all] of Object.entries(this.objects)) {
      this.objects[kind] = all.filter(({ metadata }) => {
        const { name: own, namespace: place = name } = metadata as { name: string; namespace?: string }
        return type === 'namespace' ? place !== name : own !== name
      })
    }
    return Promise.resolve()
  }

  exec = (): Promise<string> => Promise.resolve('')
  wait = (): Promise<void> => Promise.resolve()
  version = (): Promise<string> => Promise.resolve('')
}

function service(name: string, namespace: string, type = 'LoadBalancer'): KubernetesObject {
  return { kind: 'Service', metadata: { name, namespace }, spec: { type } }
}

function options(kubectl: Kubectl, patience = Duration.seconds(30)) {
  const log = createLog(() => undefined)
  return { kubectl, log, signal: new AbortController().signal, patience }
}

describe('what Kubernetes made in the IaaS', () => {
  it('failure 16: goes before BOSH deletes the cluster: whole namespaces, and objects of those of the system', async () => {
    const cluster = new Cluster({
      services: [
        service('web', 'shop'),
        service('dns', 'kube-system'),
        service('kubernetes', 'default', 'ClusterIP'),
        service('inner', 'quiet', 'ClusterIP')
      ],
      persistentvolumeclaims: [{ metadata: { name: 'data', namespace: 'shop' } }],
      persistentvolumes: []
    })
    expect(await deleteKubernetesObjects(options(cluster))).toBe(3)
    expect(cluster.asked).toEqual(['delete namespace shop', 'delete service kube-system dns'])
  })

  it('lets go of disks that their policy would keep; a volume that nobody claimed is not touched', async () => {
    const volume = (name: string, spec: object): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, namespace: 'shop' },
      spec: { persistentVolumeReclaimPolicy: 'Retain', ...spec }
    })
    const cluster = new Cluster({
      services: [],
      persistentvolumeclaims: [{ metadata: { name: 'data', namespace: 'shop' } }],
      persistentvolumes: [
        volume('pv-1', { claimRef: { name: 'data' } }),
        { ...volume('by-hand', {}), metadata: { name: 'by-hand' } }
      ]
    })
    await deleteKubernetesObjects(options(cluster))
    expect(cluster.asked).toHaveLength(2)
    expect(cluster.asked[0]).toContain('"persistentVolumeReclaimPolicy":"Delete"')
  })

  it('is waited for, and what stays is named', async () => {
    const cluster = new Cluster({ services: [service('web', 'shop')] })
    cluster.delete = () => Promise.resolve()
    await expect(deleteKubernetesObjects(options(cluster, Duration.seconds(1)))).rejects.toMatchObject({
      outcome: 'timeout',
      message: /still there: web/
    })
  })

  it('is nothing in a cluster without load balancers and volumes', async () => {
    const cluster = new Cluster({ services: [service('kubernetes', 'default', 'ClusterIP')] })
    expect(await deleteKubernetesObjects(options(cluster))).toBe(0)
    expect(cluster.asked).toEqual([])
  })
})
