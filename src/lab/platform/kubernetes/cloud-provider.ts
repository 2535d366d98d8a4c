import { at, textAt } from '../../../manifest/value.ts'
import { CloudError } from '../../cloud/cloud-error.ts'
import type { Cloud } from '../../cloud/cloud.ts'
import type { LoadBalancer } from '../../cloud/model.ts'
import type { RunningInstance } from '../../lab-service.ts'
import { jobOf, type Group } from '../jobs.ts'

/**
 * What Kubernetes makes in the IaaS by itself, behind BOSH's back: load balancers and disks. A cluster does so only
 * where its masters have a cloud provider; without one, services and claims wait for ever.
 */
export class CloudProvider {
  readonly #cloud: Cloud
  readonly #master: RunningInstance

  private constructor(cloud: Cloud, master: RunningInstance) {
    this.#cloud = cloud
    this.#master = master
  }

  /** The cluster's provider; undefined where its masters have none. */
  static of(masters: Group | undefined, cloud: Cloud): CloudProvider | undefined {
    const [master] = masters?.instances ?? []
    if (masters === undefined || master === undefined) return undefined
    const args = at(jobOf(masters, 'kube-controller-manager')?.properties, 'k8s-args')
    const isConfigured =
      jobOf(masters, 'cloud-provider') !== undefined || textAt(args, 'cloud-provider') !== undefined
    return isConfigured ? new CloudProvider(cloud, master) : undefined
  }

  /** A new load balancer. Its name says nothing of the environment: so it is on every IaaS. */
  createLoadBalancer(uid: string, ports: readonly number[]): LoadBalancer | undefined {
    const network = this.#cloud.find('vm', this.#master.vmCid)?.network
    const name = `a${uid.replaceAll('-', '').slice(0, 31)}`
    return network === undefined ? undefined : this.#cloud.createLoadBalancer({ name, network, ports })
  }

  deleteLoadBalancer(cid: string): void {
    ignoreMissing(() => this.#cloud.delete('load-balancer', cid))
  }

  createDisk(uid: string, sizeMiB: number): string {
    const name = `kubernetes-dynamic-pvc-${uid}`
    return this.#cloud.createDisk({ name, sizeMiB, az: this.#master.az }).cid
  }

  deleteDisk(cid: string): void {
    ignoreMissing(() => this.#cloud.deleteDisk(cid))
  }
}

function ignoreMissing(call: () => void): void {
  try {
    call()
  } catch (thrown) {
    if (!(thrown instanceof CloudError && thrown.code === 'not-found')) throw thrown
  }
}
