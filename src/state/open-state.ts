import { join } from 'node:path'
import type { GitBranch } from '../tools/git-branch.ts'
import type { Tools } from '../tools/tools.ts'
import { writeTree } from '../tools/tree.ts'
import { checkpointFile, parseCheckpoint } from './checkpoint.ts'
import { treeOf, type Kept } from './encrypted-tree.ts'
import { keysOf, type StateReadingValues } from './params.ts'
import { openBranch, readBranch, refused } from './read-branch.ts'

/**
 * Decrypts the state branch that a task was given, into a folder that goes with the task and that its owner alone can
 * read. Gives that folder: the root of the plain tree, with bbl's state directory in it as `bbl/`; empty where the
 * environment is not paved. What is written there is lost: who changes state uses `keepingState`.
 *
 * Throws a UserError (refused) for a branch that is not whole, of another environment, or encrypted for others.
 */
export async function openState(tools: Tools, params: StateReadingValues, checkout: string): Promise<string> {
  const kept = await openBranch(await readBranch(checkout), params.ENVIRONMENT, await keysOf(params))
  const history = join(checkout, '.git')
  if (kept !== undefined && (await tools.files.exists(history))) {
    await guardSerial(await tools.git.follow('.', checkout, { branch: 'HEAD' }), kept)
  }
  return putPlain(tools, kept)
}

/** Writes the plain tree of a checkpoint to the folder of the task where it belongs. */
export async function putPlain(tools: Tools, kept: Kept | undefined): Promise<string> {
  const folder = join(await tools.scratch('state'), 'plain')
  await writeTree(folder, kept === undefined ? new Map() : treeOf(kept))
  tools.hideSecretsOf(join(folder, 'bbl'))
  return folder
}

/**
 * Refuses a branch whose last commit went back to an earlier serial: an old state that was put back by git alone would
 * forget all that was made since, and nobody could tell. `causeway state restore` gives an old state a new serial.
 */
export async function guardSerial(branch: Pick<GitBranch, 'history'>, { checkpoint }: Kept): Promise<void> {
  const [, before] = await branch.history(checkpointFile, 'HEAD', 2)
  const earlier = before?.text === undefined ? undefined : parseCheckpoint(before.text)
  if (earlier === undefined || earlier.serial < checkpoint.serial) return
  throw refused(
    `found serial ${checkpoint.serial} after serial ${earlier.serial}, expected a later one`,
    'take the last commit back, and use `causeway state restore` to go back to an earlier state'
  )
}
