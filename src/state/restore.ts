import type { GitBranch } from '../tools/git-branch.ts'
import type { Tree } from '../tools/tree.ts'
import { checkpointFile, parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { isStateOfSorts, refused, somethingElse } from './read-branch.ts'

/** A checkpoint of the past, and the commit that made it. */
export interface PastCheckpoint {
  readonly commit: string
  readonly checkpoint: Checkpoint
}

/** All checkpoints of a branch up to a commit, the newest commit first. What can't be read as one is left out. */
export async function pastCheckpoints(
  branch: Pick<GitBranch, 'history'>,
  from: string
): Promise<readonly PastCheckpoint[]> {
  return (await branch.history(checkpointFile, from)).flatMap(({ commit, text }) => {
    const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
    return checkpoint === undefined ? [] : [{ commit, checkpoint }]
  })
}

/**
 * The highest serial that a branch ever had; 0 where it had none. Throws a UserError (refused) for a branch of another
 * environment or of something else, which no restored state may take the place of.
 */
export async function lastSerial(branch: GitBranch, found: Tree, environment: string): Promise<number> {
  if (!isStateOfSorts(found)) throw somethingElse([...found.keys()])
  const head = await branch.head()
  const past = head === undefined ? [] : await pastCheckpoints(branch, head)
  const other = past.find(({ checkpoint }) => checkpoint.environment !== environment)
  if (other !== undefined) {
    throw refused(
      `found the state of ${other.checkpoint.environment}, expected that of ${environment}`,
      "check the record's state branch"
    )
  }
  return Math.max(0, ...past.map(({ checkpoint }) => checkpoint.serial))
}

/** What differs between two checkpoints, by path. */
export interface ChangedFiles {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

export function changedFiles(before: Checkpoint | undefined, after: Checkpoint): ChangedFiles {
  const old = new Map(Object.entries(before?.files ?? {}))
  const now = new Map(Object.entries(after.files))
  return {
    added: [...now.keys()].filter(path => !old.has(path)),
    changed: [...now].flatMap(([path, { digest, executable, kind }]) => {
      const was = old.get(path)
      const isSame = was?.digest === digest && was.executable === executable && was.kind === kind
      return was === undefined || isSame ? [] : [path]
    }),
    removed: [...old.keys()].filter(path => !now.has(path))
  }
}
