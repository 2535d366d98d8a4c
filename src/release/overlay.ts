import { createHash } from 'node:crypto'
import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
import { readTree, type Tree } from '../tools/tree.ts'

/** What Causeway lays over upstream's release. */
export interface Overlay {
  /** `jobs/…`, from the root of the release. */
  readonly files: Tree
  /** Counts the overlays that were published; the n of `+silk.n`. */
  readonly revision: number
}

/** Reads `release/`: its jobs, and `revision.json`, which says how often they changed and what they are. */
export async function readOverlay(files: Files, folder: string): Promise<Overlay> {
  const tree = await readTree(folder, path => path !== 'jobs' && !path.startsWith('jobs/'))
  const path = `${folder}/revision.json`
  const found: unknown = JSON.parse(await files.readText(path))
  const { revision, digest } = found as { revision?: unknown; digest?: unknown }
  const isWhole = typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0
  if (!isWhole || digest !== digestOf(tree)) {
    throw new UserError(
      'findings',
      `${path}: found ${JSON.stringify(found)}, expected digest ${digestOf(tree)}`,
      {
        hint: 'count the revision up by one and write this digest beside it: what has another content has another version'
      }
    )
  }
  return { files: tree, revision }
}

/** Of names, modes and contents, in the order of the names. */
export function digestOf(tree: Tree): string {
  const hash = createHash('sha256')
  for (const [path, { content, executable }] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${executable ? 'x' : '-'}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}
