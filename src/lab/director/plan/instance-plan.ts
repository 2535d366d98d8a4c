import { createHash, randomUUID } from 'node:crypto'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import type { DeploymentRecord, InstanceRecord } from '../model.ts'
import type { DeploymentPlan, GroupPlan } from './deployment-plan.ts'

/** An instance as it shall be. */
export interface InstancePlan {
  readonly group: GroupPlan
  readonly record: InstanceRecord
  readonly isNew: boolean
  /** Hash of all that needs a new VM when it changes. */
  readonly vmHash: string
  /** Hash of all that needs an update of the instance when it changes. */
  readonly configHash: string
}

export interface InstancePlans {
  /** In the order of the manifest; errands too, which get a VM only when they run. */
  readonly wanted: readonly InstancePlan[]
  /** Instances that the manifest has no place for any more. */
  readonly obsolete: readonly InstanceRecord[]
}

/** Matches the instances that exist with those that shall be, by group and index. */
export function planInstances(
  plan: DeploymentPlan,
  resolved: ValueMap,
  deployment: DeploymentRecord
): InstancePlans {
  const wanted = plan.groups.flatMap(group =>
    Array.from({ length: group.instances }, (_, index) => {
      const found = deployment.instances.find(
        instance => instance.group === group.name && instance.index === index
      )
      const record = found ?? newInstance(group, index)
      return { group, record, isNew: found === undefined, ...hashesOf(group, resolved) }
    })
  )
  const kept = new Set(wanted.map(({ record }) => record))
  return { wanted, obsolete: deployment.instances.filter(instance => !kept.has(instance)) }
}

/** `router/5efd2cb8-… (0)`, as the Director names instances in its events. */
export function describe({ group, id, index }: InstanceRecord): string {
  return `${group}/${id} (${index})`
}

/** `router/5efd2cb8-…`, as the CLI names instances. */
export function slugOf({ group, id }: InstanceRecord): string {
  return `${group}/${id}`
}

function newInstance(group: GroupPlan, index: number): InstanceRecord {
  return {
    id: randomUUID(),
    group: group.name,
    index,
    az: group.azs.length === 0 ? '' : (group.azs[index % group.azs.length] ?? ''),
    bootstrap: index === 0,
    lifecycle: group.lifecycle,
    state: 'started',
    ignore: false,
    jobs: group.jobs.map(({ name }) => name)
  }
}

function hashesOf(group: GroupPlan, resolved: ValueMap): Pick<InstancePlan, 'vmHash' | 'configHash'> {
  const spec = listAt(resolved, 'instance_groups').find(entry => textAt(entry, 'name') === group.name)
  const networks = group.networks.map(({ network, staticIps }) => [network.name, staticIps ?? null])
  const vm = [
    group.stemcell.os,
    group.stemcell.version,
    group.vmType,
    group.cloudProperties,
    networks,
    at(spec, 'env')
  ]
  const jobs = group.jobs.map(({ name, release, spec: { fingerprint } }) => [
    name,
    release.version,
    fingerprint
  ])
  return {
    vmHash: hash(vm),
    configHash: hash([vm, group.diskMiB, jobs, jobSpecs(spec)])
  }
}

function jobSpecs(spec: Value | undefined): Value {
  return listAt(spec, 'jobs').map(job => (isMap(job) ? [job['name'] ?? null, job['properties'] ?? {}] : null))
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
