import { Duration } from '../../core/duration.ts'
import { messageOf, UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { retry, untilStable } from '../../core/wait.ts'
import type { Bosh } from '../../tools/bosh.ts'
import { ProgramFailed } from '../../tools/exec.ts'
import { briefly, isPassing, saidBy } from './failures.ts'
import { deletionOrder } from './link-order.ts'

export interface DeploymentsOptions {
  readonly bosh: Bosh
  /** The client that we are to the Director: what it started and left behind is ours to cancel. */
  readonly client: string
  readonly log: Log
  readonly signal: AbortSignal
  /** How long to wait for locks and tasks of others. */
  readonly patience: Duration
  /** Between two tries of one deletion. */
  readonly pause: Duration
}

/**
 * Deletes every deployment, consumers of links before their providers, each by itself: one that can't be deleted keeps no
 * other from being tried. Then removes all that the Director still holds. Gives the deployments that it deleted. Throws a
 * UserError that names what stays.
 */
export async function deleteAllDeployments(options: DeploymentsOptions): Promise<readonly string[]> {
  const { bosh, log, signal } = options
  const names = await bosh.deployments()
  await endTasks(options)
  const { order, circle } = deletionOrder(await manifestsOf(options, names))
  if (circle.length > 0) log.warn(`${circle.join(', ')}: consume links of each other in a circle`)
  const failures: string[] = []
  const note = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (thrown) {
      if (signal.aborted) throw thrown
      log.warn(`${what}: ${messageOf(thrown)}`)
      failures.push(`${what}: ${briefly(thrown)}`)
    }
  }
  for (const name of order) await note(`deployment ${name}`, () => deleteOne(options, name))
  await note('clean-up', () => bosh.cleanUpAll())
  await proveNoneLeft(bosh, failures)
  return names
}

async function manifestsOf(
  { bosh, log }: DeploymentsOptions,
  names: readonly string[]
): Promise<Map<string, string>> {
  const manifests = new Map<string, string>()
  for (const name of names) {
    // A deployment that never came up has none, and still may have VMs.
    const text = await bosh.manifest(name).catch((thrown: unknown) => {
      log.warn(`${name}: its manifest can't be read, so its links are not known: ${messageOf(thrown)}`)
      return ''
    })
    manifests.set(name, text)
  }
  return manifests
}

/**
 * An aborted build leaves its Director task running, which holds the deployment's lock (bosh-cli#237). Ours are cancelled,
 * others waited for; locks that stay are no reason to try nothing.
 */
async function endTasks({ bosh, client, log, signal, patience }: DeploymentsOptions): Promise<void> {
  for (const task of await bosh.table(['tasks'])) {
    if (task['user'] !== client || task['state'] === 'cancelling') continue
    log.warn(`task ${task['id'] ?? ''} (${task['description'] ?? ''}) was left behind: cancelling it`)
    await bosh.cancelTask(task['id'] ?? '').catch((thrown: unknown) => log.warn(messageOf(thrown)))
  }
  let isTold = false
  const quiet = async (): Promise<void> => {
    const held = [
      ...(await bosh.table(['locks'])).map(lock => `${lock['type'] ?? 'lock'} ${lock['resource'] ?? ''}`),
      ...(await bosh.table(['tasks'])).map(task => `task ${task['id'] ?? ''}`)
    ]
    if (held.length === 0) return
    if (!isTold) log.info(`waiting for ${held.join(', ')}`)
    isTold = true
    throw new UserError('timeout', `held: ${held.join(', ')}`)
  }
  const wait = { what: "the Director's locks and tasks", times: 1, every: Duration.seconds(2), signal }
  await untilStable(quiet, { ...wait, deadline: patience }).catch((thrown: unknown) => {
    if (signal.aborted) throw thrown
    log.warn(messageOf(thrown))
  })
}

/** `--force` passes over errors of agents, disks and the IaaS, so it is the last resort, and what it left is looked for. */
async function deleteOne(options: DeploymentsOptions, deployment: string): Promise<void> {
  const { bosh, log, signal, pause } = options
  try {
    await retry(() => bosh.deleteDeployment(deployment), {
      tries: 3,
      pause,
      when: isPassing,
      onRetry: (_, attempt) => log.warn(`${deployment}: deletion failed, try ${attempt + 1} of 3`),
      signal
    })
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof ProgramFailed)) throw thrown
    if (/ignored instance/.test(saidBy(thrown))) await unignoreAll(options, deployment)
    log.warn(`${deployment}: deleting it by force, after: ${briefly(thrown)}`)
    await bosh.deleteDeployment(deployment, { force: true })
  }
}

/** Not even by force is a deployment deleted of which an instance is ignored (bosh v283, deployment_deleter.rb). */
async function unignoreAll({ bosh, log }: DeploymentsOptions, deployment: string): Promise<void> {
  for (const row of await bosh.table(['instances', '--details'], deployment)) {
    const { instance = '', ignore } = row
    if (ignore !== 'true') continue
    log.warn(`${deployment}: ${instance} was ignored: it goes with the rest`)
    await bosh.unignore(deployment, instance)
  }
}

async function proveNoneLeft(bosh: Bosh, failures: readonly string[]): Promise<void> {
  const left = [
    ...(await bosh.deployments()).map(name => `deployment ${name}`),
    ...(await bosh.table(['disks', '--orphaned'])).map(disk => `orphaned disk ${disk['disk_cid'] ?? ''}`),
    ...(await bosh.table(['orphaned-vms'])).map(vm => `orphaned VM ${vm['vm_cid'] ?? ''}`)
  ]
  if (left.length === 0 && failures.length === 0) return
  const found = left.length === 0 ? failures.join('; ') : `the Director still holds ${left.join(', ')}`
  throw new UserError('program', `${found}, expected nothing`, {
    hint: 'look at `bosh tasks --recent`, then tear down again'
  })
}
