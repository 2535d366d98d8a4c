import { resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { createLog } from '../../core/log.ts'
import { treeOf, type Kept } from '../../state/encrypted-tree.ts'
import { isLeftOut } from '../../state/left-out.ts'
import { StateSession } from '../../state/state-session.ts'
import { readTree, type Tree } from '../../tools/tree.ts'
import type { CliContext } from '../context.ts'
import { holdingLease, refuseIfHeld } from '../lease.ts'
import { commitNamed, openStateCopy, type StateCopy, type StateFlags } from '../state-copy.ts'
import { openCommit } from './state-show.ts'

export interface StateRestoreOptions extends StateFlags {
  readonly from?: string
  readonly yes?: true
}

/**
 * Makes an earlier state the newest one, by a checkpoint with a higher serial: nothing is overwritten, so this can be taken
 * back the same way. It holds the environment's lease meanwhile, and leaves the environment in quarantine, because nobody has
 * proved yet that what the state says is what stands.
 */
export async function stateRestore(
  context: CliContext,
  name: string,
  serial: string | undefined,
  options: StateRestoreOptions
): Promise<void> {
  const copy = await openStateCopy(context, name, options)
  const { environment, tools } = copy
  const wanted = await wantedTree(copy, serial, options)
  await refuseIfHeld(environment, tools)
  for (const line of await differences(copy, wanted.tree)) context.err(`${line}\n`)
  if (options.yes !== true) {
    throw new UserError(
      'refused',
      `state restore: found no --yes, expected it for a change of the state of ${name}`,
      {
        hint: 'read what would change, above; then add --yes'
      }
    )
  }
  const reason = `restored ${wanted.what}`
  const made = await holdingLease(environment, tools, { purpose: 'state restore', reason }, async () => {
    const checkout = `${await tools.scratch('state-restore')}/checkout`
    const log = createLog(line => context.err(line))
    const params = await copy.values()
    const session = await StateSession.open({
      tools: tools.afterwards(),
      log,
      params,
      checkout,
      restores: true
    })
    const words = { reason, revision: 'none', tools: wanted.tools, mayLose: 'anything' } as const
    await session.checkpoint(wanted.tree, words)
    return session.kept?.checkpoint.serial ?? 0
  })
  context.out(`${made}\n`)
  context.err(
    `${name}: serial ${made} is now ${wanted.what}; in quarantine until a repave or a teardown takes it out\n`
  )
}

interface Wanted {
  readonly tree: Tree
  readonly tools: Readonly<Record<string, string>>
  /** What it is, as the end of "restored …". */
  readonly what: string
}

async function wantedTree(
  copy: StateCopy,
  serial: string | undefined,
  { from }: StateRestoreOptions
): Promise<Wanted> {
  if ((serial === undefined) === (from === undefined)) {
    const found = serial === undefined ? 'neither a serial nor --from' : 'a serial and --from'
    throw new UserError('usage', `state restore: found ${found}, expected one of the two`)
  }
  if (from !== undefined) {
    const tree = await readTree(resolve(from), path => isLeftOut(path))
    if (tree.size > 0) return { tree, tools: {}, what: 'a folder' }
    throw new UserError('usage', `--from: found nothing in ${from}, expected a plain tree with bbl/ in it`)
  }
  const kept = await openCommit(copy, commitNamed(copy, serial))
  if (kept === undefined) throw new UserError('usage', `serial ${serial ?? ''}: found no checkpoint`)
  return { tree: treeOf(kept), tools: kept.checkpoint.tools, what: `serial ${kept.checkpoint.serial}` }
}

/** What a restore would change in the newest state, one line a file. */
async function differences(copy: StateCopy, wanted: Tree): Promise<string[]> {
  let now: Kept | undefined
  try {
    now = await openCommit(copy, copy.head)
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    return [`warning: the newest state can't be read (${thrown.message}); all of it would be replaced`]
  }
  const there: Tree = now === undefined ? new Map<string, never>() : treeOf(now)
  const paths = [...new Set([...there.keys(), ...wanted.keys()])].sort()
  return paths.flatMap(path => {
    const [before, after] = [there.get(path), wanted.get(path)]
    if (before === undefined) return [`+ ${path}`]
    if (after === undefined) return [`- ${path}`]
    return Buffer.compare(before.content, after.content) === 0 ? [] : [`~ ${path}`]
  })
}
