import { UserError } from '../core/errors.ts'
import type { DirectorAccess } from './bbl.ts'
import type { Programs } from './exec.ts'
import { isRecord, parseJson } from './table.ts'

export interface Credhub {
  /** A password by its full name. It is masked from then on. */
  password(name: string): Promise<string>
  /** The parts of a certificate by its full name: `ca`, `certificate`, `private_key`. They are masked from then on. */
  certificate(name: string): Promise<Readonly<Record<string, string>>>
  /** Names of all credentials under a path. */
  find(path: string): Promise<string[]>
  /** Deletes all credentials under a path. */
  deletePath(path: string): Promise<void>
  /** Deletes one credential by its full name. */
  delete(name: string): Promise<void>
}

/** The credhub CLI, logged in by the environment that bbl printed. A name is always a whole path: substrings are ambiguous. */
export function createCredhub(
  programs: Programs,
  access: DirectorAccess,
  secret: (value: string) => void
): Credhub {
  const credhub = (args: readonly string[]) =>
    programs.run({ program: 'credhub', args, env: access.env, echo: false })

  const valueOf = async (name: string): Promise<unknown> => {
    refuseShort(name)
    const { stdout } = await credhub(['get', '--name', name, '--output-json'])
    return read(name, stdout)['value']
  }

  return {
    async password(name) {
      const value = await valueOf(name)
      if (typeof value !== 'string') throw unreadable(name)
      secret(value)
      return value
    },
    async certificate(name) {
      const value = await valueOf(name)
      if (!isRecord(value)) throw unreadable(name)
      const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, String(part)]))
      Object.values(parts).forEach(secret)
      return parts
    },
    async find(path) {
      const { stdout } = await credhub(['find', '--path', path, '--output-json'])
      const found = read(path, stdout)['credentials']
      if (!Array.isArray(found)) throw unreadable(path)
      return found.filter(isRecord).map(credential => String(credential['name']))
    },
    async deletePath(path) {
      refuseShort(path)
      await credhub(['delete', '--path', path])
    },
    async delete(name) {
      refuseShort(name)
      await credhub(['delete', '--name', name])
    }
  }
}

/** The CLI takes a name that has no slash at its beginning for one below the root, and a path like "/" for all there is. */
function refuseShort(name: string): void {
  if (/^(\/[^/]+)+$/.test(name)) return
  throw new UserError('refused', `credhub: found ${JSON.stringify(name)}, expected a whole path`, {
    hint: 'name it from the root: /<director>/<deployment>/<name>'
  })
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
