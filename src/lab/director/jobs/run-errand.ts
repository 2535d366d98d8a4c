import { readYaml } from '../../../manifest/read-yaml.ts'
import { isMap, textAt, type Value } from '../../../manifest/value.ts'
import { faultPoint, FaultStruck } from '../../faults.ts'
import type { ErrandOutcome } from '../../lab-service.ts'
import type { DirectorContext } from '../context.ts'
import { createVm, deleteVm } from '../cpi.ts'
import { DirectorError, unknownCode } from '../director-error.ts'
import { findDeployment } from '../find-deployment.ts'
import type { DeploymentRecord, InstanceRecord } from '../model.ts'
import { Addresses } from '../plan/addresses.ts'
import { describe, planInstances, slugOf, type InstancePlan } from '../plan/instance-plan.ts'
import { readPlan } from '../plan/read-plan.ts'
import { eachOf } from '../pool.ts'
import type { TaskJob, Work } from '../tasks.ts'
import { takenAddresses } from './update-deployment.ts'

export interface ErrandRequest {
  readonly deployment: string
  /** A job that has a script `bin/run`, or an instance group whose lifecycle is `errand`. */
  readonly errand: string
  readonly keepAlive: boolean
  /** `{group, id}`, where the id may be an index or `first`, or a word that fits nothing. */
  readonly instances: readonly Value[]
}

const errandMillis = 150
const updateMillis = 60
const atOnce = 32

/** The task behind `bosh run-errand` (bosh v283, errand/errand_provider.rb and errand/runner.rb). */
export function runErrand(context: DirectorContext, request: ErrandRequest): Work {
  return async task =>
    context.locks.hold(`lock:deployment:${request.deployment}`, task, async () => {
      const deployment = findDeployment(context.saved.data, request.deployment)
      const plans = await task.events
        .stage('Preparing deployment', 1)
        .track('Preparing deployment', () => plansOf(context, deployment))
      const steps = select(request, plans)
      if (steps.length > 1) {
        task.events.warn(
          'Executing errand on multiple instances in parallel. Use the `--instance` flag to run the errand on a single instance.'
        )
      }
      const exitCodes: number[] = []
      await eachOf(steps, atOnce, async step => {
        exitCodes.push(await runStep(context, deployment, request, step, task))
      })
      const count = (test: (code: number) => boolean): number => exitCodes.filter(test).length
      return (
        `${count(code => code === 0)} succeeded, ${count(code => code > 0 && code <= 128)} errored, ` +
        `${count(code => code > 128)} canceled`
      )
    })
}

/** The errands of a deployment: its errand groups, then the jobs that can be run. */
export function errandNames(context: DirectorContext, deployment: DeploymentRecord): readonly string[] {
  const groups = [...new Set(plansOf(context, deployment).map(({ group }) => group))]
  return [
    ...new Set([
      ...groups.filter(({ lifecycle }) => lifecycle === 'errand').map(({ name }) => name),
      ...groups.flatMap(({ jobs }) => jobs.filter(({ spec }) => spec.isErrand).map(({ name }) => name))
    ])
  ]
}

function plansOf({ saved }: DirectorContext, deployment: DeploymentRecord): readonly InstancePlan[] {
  const { data } = saved
  if (deployment.manifest === '') {
    throw new DirectorError(440001, 'No successful BOSH deployment manifest available')
  }
  const manifest = readYaml(deployment.manifest)
  const configs = (ids: readonly number[]) => data.configs.filter(({ id }) => ids.includes(id))
  const plan = readPlan({
    manifest: isMap(manifest) ? manifest : {},
    cloudConfigs: configs(deployment.cloudConfigs),
    runtimeConfigs: configs(deployment.runtimeConfigs),
    data
  })
  return planInstances(plan, deployment.resolved, deployment).wanted
}

function select(
  { errand, instances }: ErrandRequest,
  plans: readonly InstancePlan[]
): readonly InstancePlan[] {
  const filters = instances.map(filter => ({
    filter,
    matches: plans.filter(plan => fits(filter, plan, plans))
  }))
  const byJob = plans.filter(({ group }) => group.jobs.some(({ name }) => name === errand))
  const byGroup = plans.filter(({ group }) => group.name === errand)
  if (byJob.length === 0) refuseGroup(errand, byGroup, instances)
  const unmatched = filters.filter(({ matches }) => matches.length === 0).map(({ filter }) => wordOf(filter))
  if (unmatched.length > 0) {
    throw new DirectorError(unknownCode, `No instances match selection criteria: [${unmatched.join(', ')}]`)
  }
  const wanted = filters.length === 0 ? plans : filters.flatMap(({ matches }) => matches)
  return (byJob.length > 0 ? byJob : byGroup.slice(0, 1)).filter(plan => wanted.includes(plan))
}

function refuseGroup(errand: string, plans: readonly InstancePlan[], instances: readonly Value[]): void {
  const group = plans[0]?.group
  if (group === undefined) throw new DirectorError(70009, `Errand '${errand}' doesn't exist`, 404)
  if (group.lifecycle !== 'errand') {
    throw new DirectorError(
      510000,
      `Instance group '${errand}' is not an errand. To mark an instance group as an errand set its lifecycle to 'errand' in the deployment manifest.`
    )
  }
  if (instances.length > 0) {
    throw new DirectorError(
      510000,
      'Filtering by instances is not supported when running errand by instance group name'
    )
  }
}

function fits(filter: Value, { group, record }: InstancePlan, plans: readonly InstancePlan[]): boolean {
  if (textAt(filter, 'group') !== group.name) return false
  const id = textAt(filter, 'id') ?? ''
  if (id !== 'first') return id === '' || id === record.id || id === String(record.index)
  const ids = plans.filter(plan => plan.group === group).map(plan => plan.record.id)
  return ids.sort()[0] === record.id
}

function wordOf(filter: Value): string {
  const id = textAt(filter, 'id')
  return [
    textAt(filter, 'group') ?? JSON.stringify(filter),
    ...(id === undefined || id === '' ? [] : [id])
  ].join('/')
}

async function runStep(
  context: DirectorContext,
  deployment: DeploymentRecord,
  request: ErrandRequest,
  plan: InstancePlan,
  task: TaskJob
): Promise<number> {
  const { record, group } = plan
  if (group.lifecycle === 'service') return runOn(context, deployment, request, record, task)
  await prepareVm(context, deployment, plan, task)
  try {
    return await runOn(context, deployment, request, record, task)
  } finally {
    if (!request.keepAlive) {
      await task.events
        .stage('Deleting errand instances', 1, [group.name])
        .track(describe(record), () => deleteVm(context, record))
    }
  }
}

async function prepareVm(
  context: DirectorContext,
  deployment: DeploymentRecord,
  plan: InstancePlan,
  task: TaskJob
): Promise<void> {
  const { record, group } = plan
  if (record.vm === undefined) {
    const addresses = new Addresses(takenAddresses(context))
    await task.events
      .stage('Creating missing vms', 1)
      .track(describe(record), () => createVm(context, deployment, plan, addresses.place(plan), task.signal))
  }
  await task.events
    .stage('Updating instance', 1, [group.name])
    .track(`${describe(record)} (canary)`, () => context.pace(updateMillis, task.signal))
}

async function runOn(
  context: DirectorContext,
  deployment: DeploymentRecord,
  { errand }: ErrandRequest,
  instance: InstanceRecord,
  task: TaskJob
): Promise<number> {
  const { lab, blobs } = context
  const outcome = await task.events.stage('Running errand', 1).track(describe(instance), async () => {
    await faultPoint(lab, 'director', `errand ${deployment.name} ${errand}`)
    await context.pace(errandMillis, task.signal)
    const job = instance.jobs.includes(errand) ? errand : (instance.jobs[0] ?? errand)
    const { group, index, id } = instance
    const run = { deployment: deployment.name, instance: { group, index, id }, job, signal: task.signal }
    return (await brokenErrand(lab, `${deployment.name} ${errand}`)) ?? context.runErrand(run)
  })
  task.result(
    JSON.stringify({
      instance: { group: instance.group, id: instance.id },
      errand_name: errand,
      exit_code: outcome.exitCode,
      stdout: outcome.stdout,
      stderr: outcome.stderr,
      logs: { blobstore_id: blobs.add(Buffer.from(outcome.stdout)), sha1: '' }
    })
  )
  task.debug(`errand ${errand} on ${slugOf(instance)} ended with ${outcome.exitCode}`)
  return outcome.exitCode
}

/** What an errand says that shall fail: unlike a fault of the Director, one that the Director's task survives. */
async function brokenErrand(lab: string, args: string): Promise<ErrandOutcome | undefined> {
  try {
    await faultPoint(lab, 'errand', args)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof FaultStruck)) throw thrown
    return { exitCode: thrown.exitCode, stdout: '', stderr: `${thrown.message}\n` }
  }
}
