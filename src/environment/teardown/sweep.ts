import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { delay } from '../../core/wait.ts'
import type { Duration } from '../../core/duration.ts'
import { resourceKinds, type Cloud, type CloudResource } from '../../tools/clouds/cloud.ts'
import { matchAll, type Owner } from './match.ts'
import { briefly } from './failures.ts'

/** One thing in the cloud, and what a sweep does with it. */
export interface SweepLine {
  readonly resource: CloudResource
  readonly fate: 'delete' | 'keep'
  readonly why: string
}

export interface SweepLimits {
  readonly owner: Owner
  /** Ids and names that the state still knows: those are bbl's to delete. */
  readonly known: ReadonlySet<string>
}

/** What a sweep would do with each thing: first what uses, then what is used. Changes nothing. */
export function planSweep(resources: readonly CloudResource[], limits: SweepLimits): SweepLine[] {
  const matches = matchAll(resources, limits.owner)
  const lines = resources.map((resource): SweepLine => {
    const { isOurs, why } = matches.get(resource) ?? { isOurs: false, why: 'it was not looked at' }
    const isKnown = limits.known.has(resource.id) || limits.known.has(resource.name)
    if (isOurs && isKnown) return { resource, fate: 'keep', why: `${why}, but bbl's state knows it` }
    return { resource, fate: isOurs ? 'delete' : 'keep', why }
  })
  return lines.sort((a, b) => rankOf(a.resource) - rankOf(b.resource))
}

function rankOf({ kind }: CloudResource): number {
  return resourceKinds.indexOf(kind)
}

/** `delete  vm vm-7 (bosh/0): label director is bosh-play-1`, for each line. */
export function formatSweep(lines: readonly SweepLine[]): string {
  return lines.map(({ resource, fate, why }) => `${fate.padEnd(6)}  ${shown(resource)}: ${why}\n`).join('')
}

/** Lines that a person has to see: what is deleted, and what only looks as if it should be. */
export function tellingLines(lines: readonly SweepLine[], environment: string): SweepLine[] {
  return lines.filter(({ resource, fate }) => fate === 'delete' || shown(resource).includes(environment))
}

/** `vm vm-7 (bosh/0)`. */
export function shown({ kind, id, name }: CloudResource): string {
  return name === id ? `${kind} ${id}` : `${kind} ${id} (${name})`
}

export interface SweepOptions extends SweepLimits {
  readonly cloud: Cloud
  readonly log: Log
  /** More than so many things is not what a sweep is for: nothing is deleted then. */
  readonly most: number
  /** Says only what it would do. */
  readonly dryRun: boolean
  /** What is deleted in one pass frees what uses it for the next. */
  readonly passes: number
  readonly pause: Duration
  readonly signal: AbortSignal
  /** Takes the whole plan, before anything is deleted or refused. */
  readonly report?: (text: string) => Promise<void>
}

export interface Swept {
  readonly lines: readonly SweepLine[]
  readonly deleted: readonly CloudResource[]
  /** What could not be deleted, and why. */
  readonly failed: readonly string[]
}

/**
 * Deletes what is the environment's own and its state does not know any more. Looks first, and throws a UserError
 * (refused), having deleted nothing, where that is more than the limit.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { cloud, log, signal } = options
  const look = async (): Promise<SweepLine[]> => planSweep((await cloud.list()).resources, options)
  const due = (lines: readonly SweepLine[]): CloudResource[] =>
    lines.filter(({ fate }) => fate === 'delete').map(({ resource }) => resource)
  const lines = await look()
  await options.report?.(formatSweep(lines))
  refuseTooMany(due(lines).length, options)
  for (const line of formatSweep(tellingLines(lines, options.owner.environment)).split('\n')) {
    if (line !== '') log.info(line)
  }
  if (options.dryRun) return { lines, deleted: [], failed: [] }
  const deleted: CloudResource[] = []
  let failed: string[] = []
  let wanted = due(lines)
  for (let pass = 1; pass <= options.passes && wanted.length > 0; pass += 1) {
    if (pass > 1) await delay(options.pause, signal)
    failed = []
    for (const resource of wanted) {
      signal.throwIfAborted()
      try {
        await cloud.delete(resource)
        deleted.push(resource)
        log.info(`deleted ${shown(resource)}`)
      } catch (thrown) {
        failed.push(`${shown(resource)}: ${briefly(thrown)}`)
      }
    }
    if (failed.length === 0) break
    wanted = due(await look())
    refuseTooMany(deleted.length + wanted.length, options)
  }
  return { lines, deleted, failed }
}

function refuseTooMany(count: number, { owner, most, dryRun }: SweepOptions): void {
  if (count <= most || dryRun) return
  throw new UserError(
    'refused',
    `sweep of ${owner.environment}: found ${count} things, expected at most ${most}`,
    {
      hint: 'read the lines of a dry run, then raise MAX_DELETIONS'
    }
  )
}
