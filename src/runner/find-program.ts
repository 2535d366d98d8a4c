import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'

/**
 * The absolute path of a task's program: a name is looked for on the PATH of the task, a path is taken from the folder that
 * the task runs in. Throws a UserError where there is none that can be run.
 */
export async function findProgram(program: string, path: string, folder: string): Promise<string> {
  if (program.includes('/')) {
    const found = resolve(folder, program)
    if (await canRun(found)) return found
    throw new UserError(
      'program',
      `${program}: found no program at ${found}, expected a file that can be run`,
      {
        hint: `check the path of ${program}, and that the file is executable`
      }
    )
  }
  for (const place of path.split(':')) {
    const found = join(resolve(folder, place), program)
    if (await canRun(found)) return found
  }
  throw new UserError('program', `${program}: was not found on PATH (${path})`, {
    hint: `install ${program}, or put its folder on PATH`
  })
}

async function canRun(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
