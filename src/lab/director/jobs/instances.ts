import type { DirectorContext } from '../context.ts'
import { isResponsive } from '../cpi.ts'
import { findDeployment } from '../find-deployment.ts'
import type { InstanceRecord } from '../model.ts'
import type { Work } from '../tasks.ts'

/** The task behind `bosh vms` and `bosh instances`: one line of its result for each (bosh v283, jobs/vm_state.rb). */
export function listInstances(context: DirectorContext, name: string, withVmOnly: boolean): Work {
  return async task => {
    const { instances } = findDeployment(context.saved.data, name)
    const shown = instances.filter(({ vm }) => !withVmOnly || vm !== undefined)
    for (const instance of shown) task.result(JSON.stringify(stateOf(context, instance)))
    return ''
  }
}

function stateOf(context: DirectorContext, instance: InstanceRecord): object {
  const { vm, disk } = instance
  const disks = disk === undefined ? [] : [disk.cid]
  const jobState = jobStateOf(context, instance)
  return {
    vm_cid: vm?.cid ?? null,
    active: vm === undefined ? null : true,
    vm_created_at: vm?.createdAt ?? null,
    cloud_properties: vm?.cloudProperties ?? {},
    disk_cid: disk?.cid ?? null,
    disk_cids: disks,
    ips: Object.values(vm?.ips ?? {}),
    agent_id: vm?.agentId ?? null,
    job_name: instance.group,
    index: instance.index,
    job_state: jobState,
    state: instance.state,
    vm_type: vm?.vmType ?? null,
    vitals: null,
    processes: jobState === null ? [] : instance.jobs.map(job => processOf(job, jobState)),
    az: instance.az === '' ? null : instance.az,
    id: instance.id,
    bootstrap: instance.bootstrap,
    ignore: instance.ignore,
    stemcell: { name: vm?.stemcell.name ?? null, version: vm?.stemcell.version ?? null, api_version: 3 }
  }
}

function jobStateOf(context: DirectorContext, instance: InstanceRecord): string | null {
  if (instance.vm === undefined) return null
  if (!isResponsive(context, instance)) return 'unresponsive agent'
  if (instance.state === 'stopped') return 'stopped'
  // A VM whose first update has not succeeded has no running jobs yet.
  return instance.configHash === undefined && instance.lifecycle === 'service' ? 'starting' : 'running'
}

function processOf(name: string, state: string): object {
  return { name, state, uptime: { secs: 60 }, mem: { kb: 1024, percent: 0.1 }, cpu: { total: 0.1 } }
}
