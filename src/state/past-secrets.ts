import { join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Tools } from '../tools/tools.ts'
import { writeTree } from '../tools/tree.ts'
import { treeOf } from './encrypted-tree.ts'
import { irreplaceable } from './irreplaceable.ts'
import { keysOf, type StateReadingValues } from './params.ts'
import { checkpointOf, openBranch, readBranch } from './read-branch.ts'
import { pastCheckpoints } from './restore.ts'

interface Reader {
  readonly tools: Tools
  readonly log: Log
}

/**
 * Hides the secrets of what was destroyed. An emptied state knows them no more, but what stood with them may still be heard
 * of, from a program that asks the IaaS for it: so they are learned from the last checkpoint that had each of the files that
 * are gone. One that can't be read any more, as after a change of identity, is passed over with a warning.
 */
export async function hidePastSecrets(
  { tools, log }: Reader,
  params: StateReadingValues,
  checkout: string
): Promise<void> {
  const { files } = tools
  if (!(await files.exists(join(checkout, '.git')))) return
  const now = checkpointOf(await readBranch(checkout))
  const gone = irreplaceable.filter(path => now?.files[path] === undefined)
  if (gone.length === 0) return
  const scratch = await tools.scratch('past-state')
  const copy = join(scratch, 'checkout')
  await files.copyWhole(checkout, copy)
  const branch = await tools.git.follow('.', copy, { branch: 'HEAD' })
  if ((await branch.head()) === undefined) return
  const past = await pastCheckpoints(branch, 'HEAD')
  const last = gone.map(path => past.find(({ checkpoint }) => checkpoint.files[path] !== undefined))
  const keys = await keysOf(params)
  for (const commit of new Set(last.flatMap(found => found?.commit ?? []))) {
    try {
      await branch.reset(commit)
      const kept = await openBranch(await readBranch(copy), params.ENVIRONMENT, keys)
      if (kept === undefined) continue
      const plain = join(scratch, commit)
      await writeTree(plain, treeOf(kept))
      tools.hideSecretsOf(join(plain, 'bbl'))
      await files.remove(plain)
    } catch (thrown) {
      log.warn(`state: the secrets of an earlier checkpoint are not known: ${messageOf(thrown)}`)
    }
  }
}
