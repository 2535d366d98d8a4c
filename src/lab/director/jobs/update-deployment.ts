import { textAt, type ValueMap } from '../../../manifest/value.ts'
import { faultPoint } from '../../faults.ts'
import type { DirectorContext } from '../context.ts'
import { createVm, deleteVm, fitDisk, isResponsive, mustRespond } from '../cpi.ts'
import type { DeploymentRecord, InstanceRecord } from '../model.ts'
import { Addresses } from '../plan/addresses.ts'
import type { DeploymentPlan } from '../plan/deployment-plan.ts'
import {
  describe,
  planInstances,
  slugOf,
  type InstancePlan,
  type InstancePlans
} from '../plan/instance-plan.ts'
import { readPlan } from '../plan/read-plan.ts'
import { generateVariables, renderingError, resolveVariables, type UsedVariable } from '../plan/variables.ts'
import { eachOf } from '../pool.ts'
import type { TaskJob, Work } from '../tasks.ts'
import { compilePackages } from './compile-packages.ts'
import { deleteInstances } from './delete-instances.ts'

/** What `bosh deploy`, `start`, `stop`, `restart` and `recreate` ask for. */
export interface UpdateRequest {
  readonly manifestText: string
  readonly manifest: ValueMap
  readonly cloudConfigs: readonly number[]
  readonly runtimeConfigs: readonly number[]
  readonly isDryRun?: boolean
  /** Recreates VMs whose agents do not answer. */
  readonly fix?: boolean
  /** Which instances get a new VM although nothing has changed. @default none */
  readonly recreate?: (instance: InstanceRecord) => boolean
  /** Which instances are touched although nothing has changed. @default none */
  readonly restart?: (instance: InstanceRecord) => boolean
  readonly canaries?: string
  readonly maxInFlight?: string
}

/** How long an instance takes to be updated, at pace 1. */
const updateMillis = 60
const rendersMillis = 80
/** So many VMs are created at once (bosh v283, jobs/director/spec: `director.max_threads` has 32). */
const vmsAtOnce = 8

/** The task behind a deploy: checks, generates, creates and updates, as far as it comes (bosh v283, jobs/update_deployment.rb). */
export function updateDeployment(context: DirectorContext, request: UpdateRequest): Work {
  return async task => {
    const name = textAt(request.manifest, 'name') ?? ''
    return context.locks.hold(`lock:deployment:${name}`, task, async () => {
      const deployment = findOrAdd(context, name)
      const { plan, instances, addresses } = await prepare(context, deployment, request, task)
      if (request.isDryRun === true) return `/deployments/${name}`
      await compilePackages(context, plan, task)
      await apply({ context, deployment, request, task, plan, instances, addresses })
      deployment.manifest = request.manifestText
      deployment.cloudConfigs = request.cloudConfigs
      deployment.runtimeConfigs = request.runtimeConfigs
      context.saved.touch()
      await context.settle()
      return `/deployments/${name}`
    })
  }
}

/** The deployment's record, which exists from the first try of a deploy on. */
export function findOrAdd({ saved }: DirectorContext, name: string): DeploymentRecord {
  const found = saved.data.deployments.find(deployment => deployment.name === name)
  if (found !== undefined) return found
  const deployment: DeploymentRecord = {
    name,
    manifest: '',
    resolved: {},
    providers: [],
    releases: [],
    stemcells: [],
    cloudConfigs: [],
    runtimeConfigs: [],
    variables: [],
    instances: []
  }
  saved.data.deployments.push(deployment)
  saved.touch()
  return deployment
}

interface Prepared {
  readonly plan: DeploymentPlan
  readonly instances: InstancePlans
  readonly addresses: Addresses
}

async function prepare(
  context: DirectorContext,
  deployment: DeploymentRecord,
  request: UpdateRequest,
  task: TaskJob
): Promise<Prepared> {
  const { saved, credhub, name: director, pace, lab } = context
  const names = { director, deployment: deployment.name }
  const stage = task.events.stage('Preparing deployment', 1)
  const { plan, generated } = await stage.track('Preparing deployment', async () => {
    await faultPoint(lab, 'director', `deploy ${deployment.name}`)
    await pace(rendersMillis, task.signal)
    if (request.fix !== true) for (const instance of deployment.instances) mustRespond(context, instance)
    const read = readPlan({ ...request, ...configsOf(context, request), data: saved.data })
    if (request.isDryRun === true) return { plan: read, generated: [] }
    const variables = await generateVariables(read.variables, names, credhub)
    credhub.flush()
    return { plan: read, generated: variables }
  })
  if (deployment.instances.some(({ ignore }) => ignore)) {
    task.events.warn('You have ignored instances. They will not be changed.')
  }
  return stage.track('Rendering templates', async () => {
    await pace(rendersMillis, task.signal)
    const resolved = resolveVariables(plan.manifest, names, credhub)
    if (resolved.problems.length > 0 && request.isDryRun !== true) throw renderingError(resolved.problems)
    const instances = planInstances(plan, resolved.manifest, deployment)
    const addresses = new Addresses(takenAddresses(context))
    if (request.isDryRun === true) return { plan, instances, addresses }
    deployment.resolved = resolved.manifest
    deployment.providers = plan.providers
    deployment.variables = mergeVariables(generated, resolved.used)
    deployment.releases = plan.releases.map(({ name, version }) => ({ name, version }))
    deployment.stemcells = plan.stemcells.map(({ name, version }) => ({ name, version }))
    deployment.instances.push(...instances.wanted.filter(({ isNew }) => isNew).map(({ record }) => record))
    saved.touch()
    return { plan, instances, addresses }
  })
}

interface Update extends Prepared {
  readonly context: DirectorContext
  readonly deployment: DeploymentRecord
  readonly request: UpdateRequest
  readonly task: TaskJob
}

async function apply(update: Update): Promise<void> {
  const { context, deployment, task, plan, instances } = update
  const groups = new Set(plan.groups.map(({ name }) => name))
  const [scaledDown, gone] = [true, false].map(isKept =>
    instances.obsolete.filter(({ group }) => groups.has(group) === isKept)
  )
  await deleteInstances(context, deployment, gone ?? [], { task, stage: 'Deleting unneeded instances' })
  const services = instances.wanted.filter(({ group }) => group.lifecycle === 'service')
  await createMissingVms(update, services)
  for (const group of plan.groups) {
    const unneeded = (scaledDown ?? []).filter(instance => instance.group === group.name)
    const stage = 'Deleting unneeded instances'
    await deleteInstances(context, deployment, unneeded, { task, stage, tags: [group.name] })
    const changed = services.filter(each => each.group === group && needsUpdate(update, each))
    await updateGroup(update, group.name, changed)
  }
}

async function createMissingVms(update: Update, services: readonly InstancePlan[]): Promise<void> {
  const { task } = update
  const missing = services.filter(({ record }) => record.vm === undefined && record.state !== 'detached')
  if (missing.length === 0) return
  const stage = task.events.stage('Creating missing vms', missing.length)
  await eachOf(missing, vmsAtOnce, each =>
    stage.track(describe(each.record), () => createInstanceVm(update, each))
  )
}

async function updateGroup(update: Update, name: string, changed: readonly InstancePlan[]): Promise<void> {
  const group = changed[0]?.group
  if (group === undefined) return
  const stage = update.task.events.stage('Updating instance', changed.length, [name])
  const canaries = Math.min(group.canaries, changed.length)
  await eachOf(changed.slice(0, canaries), canaries, each =>
    stage.track(`${describe(each.record)} (canary)`, () => updateInstance(update, each))
  )
  await eachOf(changed.slice(canaries), group.maxInFlight, each =>
    stage.track(describe(each.record), () => updateInstance(update, each))
  )
}

function needsUpdate({ context, request }: Update, { record, configHash, vmHash }: InstancePlan): boolean {
  if (record.ignore) return false
  if (record.state === 'detached') return record.vm !== undefined
  const isChanged = record.configHash !== configHash || record.vm?.vmHash !== vmHash
  const isAsked = request.recreate?.(record) === true || request.restart?.(record) === true
  return isChanged || isAsked || !isResponsive(context, record)
}

async function updateInstance(update: Update, each: InstancePlan): Promise<void> {
  const { context, deployment, request, task } = update
  const { record, vmHash, configHash, group } = each
  await faultPoint(context.lab, 'director', `update ${deployment.name} ${group.name}/${record.index}`)
  const mustGo =
    record.state === 'detached' ||
    record.vm?.vmHash !== vmHash ||
    request.recreate?.(record) === true ||
    !isResponsive(context, record)
  if (mustGo) await deleteVm(context, record)
  if (record.state === 'detached') return
  await fitDisk(context, deployment, each)
  if (record.vm === undefined) await createInstanceVm(update, each)
  await context.pace(updateMillis, task.signal)
  record.jobs = group.jobs.map(({ name }) => name)
  record.configHash = configHash
  context.saved.touch()
}

async function createInstanceVm(update: Update, each: InstancePlan): Promise<void> {
  const { context, deployment, task, addresses } = update
  await faultPoint(
    context.lab,
    'director',
    `create-vm ${deployment.name} ${each.group.name}/${each.record.index}`
  )
  await createVm(context, deployment, each, addresses.place(each), task.signal)
  task.debug(`created VM for ${slugOf(each.record)}`)
}

function configsOf(
  { saved }: DirectorContext,
  { cloudConfigs, runtimeConfigs }: UpdateRequest
): Pick<Parameters<typeof readPlan>[0], 'cloudConfigs' | 'runtimeConfigs'> {
  const byId = (ids: readonly number[]) => saved.data.configs.filter(({ id }) => ids.includes(id))
  return { cloudConfigs: byId(cloudConfigs), runtimeConfigs: byId(runtimeConfigs) }
}

function mergeVariables(...lists: readonly (readonly UsedVariable[])[]): readonly UsedVariable[] {
  return [...new Map(lists.flat().map(variable => [variable.id, variable])).values()]
}

/** Addresses that belong to somebody: in the cloud, or to an instance of any deployment. */
export function takenAddresses({ cloud, saved }: DirectorContext): readonly string[] {
  const inCloud = cloud.list().flatMap(resource => ('ip' in resource ? [resource.ip] : []))
  const known = saved.data.deployments.flatMap(({ instances }) =>
    instances.flatMap(({ vm }) => Object.values(vm?.ips ?? {}))
  )
  return [...inCloud, ...known]
}
