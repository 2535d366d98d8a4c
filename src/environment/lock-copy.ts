import { join } from 'node:path'
import type { Files } from '../tools/files.ts'
import type { WorkingCopy } from '../tools/git.ts'
import type { LockCopy } from './lock-repository.ts'

/** The locks in a clone of their repository. */
export function lockCopyOf(clone: WorkingCopy, files: Files, branch: string): LockCopy {
  const at = (path: string): string => join(clone.folder, path)
  return {
    read: path => files.readTextIfAny(at(path)),
    write: (path, text) => files.writeText(at(path), text),
    remove: path => files.remove(at(path)),
    lastCommit: path => clone.lastCommitOf(path),
    commit: async message => {
      await clone.commitAll(message)
    },
    push: () => clone.push(branch),
    async update() {
      try {
        await clone.resetToRemote(branch)
      } catch (thrown) {
        // A repository without a single commit has no branch to take; the first push makes it.
        if (await hasCommits(clone)) throw thrown
      }
    }
  }
}

async function hasCommits(clone: WorkingCopy): Promise<boolean> {
  return clone.head().then(
    () => true,
    () => false
  )
}
