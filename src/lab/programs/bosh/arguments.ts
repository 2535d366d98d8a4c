import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { messageOf, systemCodeOf } from '../../../core/errors.ts'
import { BoshError, wrap } from './bosh-error.ts'
import type { Session } from './session.ts'

/** The argument at a place of the command line; the command line was checked to have it. */
export function argument({ line }: Session, index = 0): string {
  return line.args[index] ?? ''
}

/** An absolute path; `~` stands for the home folder, as in Go's BOSH. */
export function absolute(path: string, cwd: string): string {
  return resolve(cwd, path.startsWith('~') ? join(homedir(), path.slice(1)) : path)
}

/** The text of a file that an argument names; `-` is standard input. */
export async function readFileArgument(session: Session, given: string): Promise<string> {
  if (given === '') throw new BoshError('Expected file path to be non-empty')
  if (given === '-') return session.edge.readInput()
  const path = absolute(given, session.edge.cwd)
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    throw openingError(path, thrown)
  }
}

/** Why a file can't be opened, in Go's words. */
export function openingError(path: string, thrown: unknown): BoshError {
  const code = systemCodeOf(thrown)
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'is a directory'
  }
  const reason = (code === undefined ? undefined : reasons[code]) ?? messageOf(thrown)
  return wrap(new BoshError(`open ${path}: ${reason}`), `Opening file ${path}`)
}

/** A number that an argument gives, or Go's complaint. */
export function integerArgument(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text)
  throw new BoshError(`strconv.ParseInt: parsing "${text}": invalid syntax`)
}
