import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addLock } from '../environment/lock-repository.ts'
import { lockCopyOf } from '../environment/lock-copy.ts'
import { createFiles } from '../tools/files.ts'
import { stateFolder, type CliContext } from './context.ts'
import { loadEnvironment } from './environments.ts'
import { openTools } from './open-tools.ts'

/**
 * Makes the repositories that the lab's record names, as bare ones on this machine: state, locks, and what is published.
 * A real environment has them on a git server, made once by a person.
 */
export async function makeLocalRepositories(context: CliContext): Promise<void> {
  const { record } = await loadEnvironment(context, 'lab')
  const folder = join(stateFolder(context), 'git')
  const files = createFiles()
  const tools = openTools(context, {})
  const places = [record.state, record.locks, record.publish]
  for (const { uri, branch } of places) {
    const bare = join(folder, uri.slice(uri.lastIndexOf('/') + 1))
    if (await files.exists(join(bare, 'refs', 'heads', branch))) continue
    await tools.git.beginBare(bare)
    const scratch = await mkdtemp(join(tmpdir(), 'causeway-begin-'))
    try {
      const copy = await tools.git.clone(bare, join(scratch, 'copy'), { branch })
      if (uri === record.locks.uri) {
        const lock = { pool: record.locks.pool, environment: record.name }
        await addLock(lockCopyOf(copy, files, branch), lock)
      } else {
        await files.writeText(
          join(copy.folder, 'README.md'),
          `Made by causeway for the environment ${record.name}.\n`
        )
        await copy.commitAll(`begin ${branch}`)
        await copy.push(branch)
      }
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  }
}
