import { isMap } from '../../manifest/value.ts'
import type { RunningDeployment, RunningInstance } from '../lab-service.ts'
import type { DeploymentRecord, InstanceRecord } from './model.ts'

/** The deployments as the other services of the lab see them: those with a manifest, and their instances that have a VM. */
export function runningDeployments(
  director: string,
  deployments: readonly DeploymentRecord[]
): readonly RunningDeployment[] {
  return deployments
    .filter(({ resolved }) => isMap(resolved) && Object.keys(resolved).length > 0)
    .map(({ name, resolved, instances }) => ({
      name,
      director,
      manifest: resolved,
      instances: instances.flatMap(instanceOf)
    }))
}

function instanceOf(instance: InstanceRecord): readonly RunningInstance[] {
  const { vm, group, index, id, az, jobs, state } = instance
  if (vm === undefined) return []
  const isUp = state === 'started' && (instance.configHash !== undefined || instance.lifecycle === 'errand')
  const ips = Object.values(vm.ips)
  return [{ group, index, id, az, ips, vmCid: vm.cid, jobs, state: isUp ? 'running' : state }]
}
