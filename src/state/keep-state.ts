import { join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import type { Tools } from '../tools/tools.ts'
import { readTree, type Tree } from '../tools/tree.ts'
import { inTurn } from './in-turn.ts'
import { tornFiles } from './irreplaceable.ts'
import { isLeftOut } from './left-out.ts'
import { putPlain } from './open-state.ts'
import type { StateValues } from './params.ts'
import { StateSession } from './state-session.ts'
import { watchState } from './watch-state.ts'

/** What a task has that changes state: a part of its context. */
export interface StateTask {
  readonly tools: Tools
  readonly log: Log
  readonly params: StateValues
  /** Where the task programs were published; its commit is the revision of the checkpoints. */
  readonly published: string
}

export interface KeepOptions {
  /** The task's output with the name of its input: the checkout of the state branch. */
  readonly checkout: string
  /** What is done, e.g. `pave lab`: the reasons of the checkpoints begin with it. */
  readonly what: string
  /** Whether the work is `bbl down`, after which files may be gone that else never may be. @default false */
  readonly destroys?: boolean
}

export interface StateWork {
  /** Root of the plain tree; bbl's state directory is `bbl/` in it. Readable for its owner alone, gone with the task. */
  readonly state: string
  /**
   * Encrypts, commits, pushes, reads back and compares what lies on the disk now. Throws a UserError where the branch does
   * not have it afterwards: what is made from then on could be lost.
   */
  readonly checkpoint: (reason: string) => Promise<void>
}

/** Programs whose versions a checkpoint names. */
const programs = ['bbl', 'bosh'] as const

/**
 * Does work that changes the state, and loses none of it: it is pushed when the work says so, whenever bbl has written a
 * part of it and the part is at rest, and on every way out. The failure of a last checkpoint never hides that of the work.
 */
export async function keepingState<T>(
  { tools, log, params, published }: StateTask,
  { checkout, what, destroys = false }: KeepOptions,
  work: (work: StateWork) => Promise<T>
): Promise<T> {
  const lasting = tools.afterwards()
  const session = await StateSession.open({ tools: lasting, log, params, checkout })
  const state = await putPlain(lasting, session.kept)
  const revision = await revisionOf(lasting, published)
  const versions = await versionsOf(lasting)
  const save = async (reason: string): Promise<void> => {
    const tree = withoutTorn(await readTree(state, isLeftOut), session, log)
    const words = { reason: `${what}: ${reason}`, revision, tools: { ...versions, ...terraformOf(tree) } }
    const mayLose = destroys ? 'what-is-destroyed' : 'nothing'
    if (await session.checkpoint(tree, { ...words, mayLose }))
      log.info(`state: checkpoint ${session.kept?.checkpoint.serial ?? 0}: ${reason}`)
  }
  const turns = inTurn()
  const checkpoint = (reason: string): Promise<void> => turns(() => save(reason))
  const watch = watchState({ files: lasting.files, log }, state, async changed => {
    await checkpoint(`${changed.join(', ')} changed`).catch((thrown: unknown) => {
      log.warn(`state: not saved for now: ${messageOf(thrown)}`)
    })
  })
  try {
    const result = await work({ state, checkpoint })
    await watch.stop()
    await checkpoint('done')
    return result
  } catch (thrown) {
    await watch.stop()
    await checkpoint('failed').catch((failure: unknown) => log.warn(`state: ${messageOf(failure)}`))
    throw thrown
  } finally {
    await session.close()
  }
}

/** A file that is half written gives way to its last whole form, and is kept beside it. */
function withoutTorn(tree: Tree, session: StateSession, log: Log): Tree {
  const torn = tornFiles(tree)
  const mended = new Map(tree)
  for (const path of torn) {
    const whole = session.kept?.files.get(path)?.plain
    const half = tree.get(path)
    if (whole === undefined || half === undefined) continue
    log.warn(`state: ${path} is only half written; its last whole form is kept, and the half as ${path}.torn`)
    mended.set(path, whole).set(`${path}.torn`, half)
  }
  return mended
}

async function revisionOf(tools: Tools, published: string): Promise<string> {
  if (!(await tools.files.exists(join(published, '.git')))) return 'none'
  return tools.git.open(published).head()
}

async function versionsOf(tools: Tools): Promise<Record<string, string>> {
  const found = await Promise.all(programs.map(async name => [name, await tools.versionOf(name)] as const))
  return Object.fromEntries(found)
}

/** bbl brings a terraform of its own; which one, only its state tells. */
function terraformOf(tree: Tree): Record<string, string> {
  const state = tree.get('bbl/vars/terraform.tfstate')
  const parsed = state === undefined ? undefined : parseJson(Buffer.from(state.content).toString('utf8'))
  const version = isRecord(parsed) ? parsed['terraform_version'] : undefined
  return typeof version === 'string' ? { terraform: version } : {}
}
