import { UserError } from '../core/errors.ts'
import type { DirectorAccess } from './bbl.ts'
import type { Programs } from './exec.ts'
import { isRecord, parseJson } from './table.ts'

export interface Credhub {
  /** The value of a credential by its full name: text, or a record for a certificate. Its texts are masked from then on. */
  get(name: string): Promise<string | Readonly<Record<string, string>>>
  /** Names of all credentials under a path. */
  find(path: string): Promise<string[]>
  /** Deletes all credentials under a path. */
  deletePath(path: string): Promise<void>
}

/** The credhub CLI, logged in by the environment that bbl printed. A name is always a whole path: substrings are ambiguous. */
export function createCredhub(
  programs: Programs,
  access: DirectorAccess,
  secret: (value: string) => void
): Credhub {
  const credhub = (args: readonly string[]) =>
    programs.run({ program: 'credhub', args, env: access.env, echo: false })

  return {
    async get(name) {
      const { stdout } = await credhub(['get', '--name', name, '--output-json'])
      const value = read(name, stdout)['value']
      if (typeof value === 'string') {
        secret(value)
        return value
      }
      if (!isRecord(value)) throw unreadable(name)
      const fields = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, String(field)]))
      Object.values(fields).forEach(secret)
      return fields
    },
    async find(path) {
      const { stdout } = await credhub(['find', '--path', path, '--output-json'])
      const found = read(path, stdout)['credentials']
      if (!Array.isArray(found)) throw unreadable(path)
      return found.filter(isRecord).map(credential => String(credential['name']))
    },
    async deletePath(path) {
      await credhub(['delete', '--path', path])
    }
  }
}

function read(name: string, stdout: string): Record<string, unknown> {
  const parsed = parseJson(stdout)
  if (!isRecord(parsed)) throw unreadable(name)
  return parsed
}

function unreadable(name: string): UserError {
  // What was found may be the secret itself, so it is not shown.
  return new UserError('program', `credhub: ${name}: expected JSON with a value`)
}
