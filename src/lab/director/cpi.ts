import { randomInt, randomUUID } from 'node:crypto'
import { CloudError } from '../cloud/cloud-error.ts'
import type { DirectorContext } from './context.ts'
import { DirectorError, unknownCode } from './director-error.ts'
import type { DeploymentRecord, InstanceRecord } from './model.ts'
import type { Placement } from './plan/addresses.ts'
import { describe, slugOf, type InstancePlan } from './plan/instance-plan.ts'
import { wordsAt } from './property.ts'

/** How long the cloud takes for each, at pace 1. */
const millis = { createVm: 120, deleteVm: 60, createDisk: 30, deleteDisk: 20 } as const

/** Creates the VM of an instance, and attaches the disk that the instance has. */
export async function createVm(
  context: DirectorContext,
  deployment: DeploymentRecord,
  { group, record, vmHash }: InstancePlan,
  placement: Placement,
  signal: AbortSignal
): Promise<void> {
  const { cloud, pace, saved } = context
  await pace(millis.createVm, signal)
  const { cid, createdAt } = cpi('create_vm', () =>
    cloud.createVm({
      name: slugOf(record),
      tags: tagsOf(context, deployment, record),
      network: placement.cloudNetwork,
      ip: placement.ip,
      stemcell: group.stemcell.cid,
      az: record.az,
      vmType: group.vmType,
      jobs: record.jobs,
      loadBalancers: wordsAt(group.cloudProperties, 'load_balancers')
    })
  )
  record.vm = {
    cid,
    agentId: randomUUID(),
    ips: placement.ips,
    createdAt,
    stemcell: { name: group.stemcell.name, version: group.stemcell.version },
    vmType: group.vmType,
    cloudProperties: group.cloudProperties,
    vmHash
  }
  saved.touch()
  const { disk } = record
  if (disk !== undefined) cpi('attach_disk', () => cloud.attachDisk(disk.cid, cid))
}

/** A VM that the cloud does not have any more counts as deleted. */
export async function deleteVm(
  { cloud, pace, saved }: DirectorContext,
  record: InstanceRecord
): Promise<void> {
  const { vm } = record
  if (vm === undefined) return
  await pace(millis.deleteVm)
  ignoreMissing(() => cpi('delete_vm', () => cloud.deleteVm(vm.cid)))
  delete record.vm
  saved.touch()
}

/** Gives the instance a persistent disk of the size that its group has now. One of another size is orphaned. */
export async function fitDisk(
  context: DirectorContext,
  deployment: DeploymentRecord,
  { group, record }: InstancePlan
): Promise<void> {
  const { cloud, pace, saved } = context
  if (record.disk?.sizeMiB === group.diskMiB || (record.disk === undefined && group.diskMiB === 0)) return
  const old = record.disk
  if (group.diskMiB > 0) {
    await pace(millis.createDisk)
    const tags = tagsOf(context, deployment, record)
    const { cid } = cpi('create_disk', () =>
      cloud.createDisk({ name: slugOf(record), tags, sizeMiB: group.diskMiB, az: record.az })
    )
    record.disk = { cid, sizeMiB: group.diskMiB }
    saved.touch()
    const { vm } = record
    if (vm !== undefined) cpi('attach_disk', () => cloud.attachDisk(cid, vm.cid))
  }
  if (old !== undefined) orphanDisk(context, deployment, { ...record, disk: old })
  if (group.diskMiB === 0) delete record.disk
  saved.touch()
}

/** The disk of an instance that goes stays in the cloud, and the Director remembers whose it was. */
export function orphanDisk(
  { cloud, saved }: DirectorContext,
  deployment: DeploymentRecord,
  record: InstanceRecord
): void {
  const { disk } = record
  if (disk === undefined) return
  ignoreMissing(() => cpi('detach_disk', () => cloud.detachDisk(disk.cid)))
  saved.data.orphanDisks.push({
    disk_cid: disk.cid,
    size: disk.sizeMiB,
    az: record.az,
    deployment_name: deployment.name,
    instance_name: slugOf(record),
    cloud_properties: {},
    orphaned_at: new Date().toISOString().replace(/T(.+)\..+/, ' $1 UTC')
  })
  saved.touch()
}

export async function deleteOrphanDisk({ cloud, pace, saved }: DirectorContext, cid: string): Promise<void> {
  await pace(millis.deleteDisk)
  ignoreMissing(() => cpi('delete_disk', () => cloud.deleteDisk(cid)))
  saved.data.orphanDisks = saved.data.orphanDisks.filter(disk => disk.disk_cid !== cid)
  saved.touch()
}

/** Whether the agent of an instance would answer: its VM is there and runs. */
export function isResponsive({ cloud }: DirectorContext, { vm }: InstanceRecord): boolean {
  return vm !== undefined && cloud.find('vm', vm.cid)?.state === 'running'
}

/** Throws what the Director says of an agent that does not answer. */
export function mustRespond(context: DirectorContext, record: InstanceRecord): void {
  if (record.vm === undefined || isResponsive(context, record)) return
  throw new DirectorError(
    450002,
    `Timed out sending 'get_state' to instance: '${describe(record)}', agent-id: '${record.vm.agentId}' after 45 seconds`
  )
}

function tagsOf(
  { name }: DirectorContext,
  deployment: DeploymentRecord,
  { id, group, index }: InstanceRecord
): Record<string, string> {
  return { director: name, deployment: deployment.name, instance_group: group, id, index: String(index) }
}

const classOf = {
  'not-found': 'Bosh::Clouds::CloudError',
  'in-use': 'Bosh::Clouds::CloudError',
  conflict: 'Bosh::Clouds::VMCreationFailed',
  'out-of-range': 'Bosh::Clouds::VMCreationFailed'
} as const

class CpiError extends DirectorError {
  readonly isMissing: boolean

  constructor(method: string, { code, message }: CloudError) {
    const request = `cpi-${randomInt(100_000, 999_999)}`
    const words = `CPI error '${classOf[code]}' with message '${message}' in '${method}' CPI method`
    super(unknownCode, `${words} (CPI request ID: '${request}')`)
    this.name = 'CpiError'
    this.isMissing = code === 'not-found'
  }
}

/** Calls the cloud as a CPI does, and words what it refuses as the Director words it. */
export function cpi<T>(method: string, call: () => T): T {
  try {
    return call()
  } catch (thrown) {
    throw thrown instanceof CloudError ? new CpiError(method, thrown) : thrown
  }
}

export function ignoreMissing(call: () => void): void {
  try {
    call()
  } catch (thrown) {
    if (!(thrown instanceof CpiError && thrown.isMissing)) throw thrown
  }
}
