import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { openState } from '../../src/state/open-state.ts'
import { secretsIn } from '../../src/tools/state-secrets.ts'
import { createTools } from '../../src/tools/tools.ts'

/** Where the lab keeps the identity of its state, below the folder of a playground. */
const identityFolder = 'identities'

/** Where a lab and its repositories are: `lab/` and `git/` below a folder. */
interface Place {
  readonly state: string
  readonly lab: string
}

/** The identity that a playground has made for its state. */
export function identityOf({ state }: Place): string {
  return readFileSync(join(state, identityFolder, 'lab.txt'), 'utf8').trim()
}

/** All that was generated for the environment that stands: the secrets of its state and its CredHub, and what decrypts them. */
export async function generatedSecrets(
  playground: Place,
  identity = identityOf(playground)
): Promise<string[]> {
  return [identity, ...(await secretsOfState(playground, identity)), ...secretsOfCredhub(playground)]
}

async function secretsOfState(playground: Place, identity: string): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'opened-'))
  try {
    const checkout = join(scratch, 'checkout')
    const remote = join(playground.state, 'git', 'state.git')
    execFileSync('git', ['clone', '--quiet', '--branch', 'lab', remote, checkout])
    const tools = createTools({
      env: { PATH: process.env['PATH'] ?? '' },
      log: createLog(() => undefined),
      redactor: new Redactor(),
      signal: new AbortController().signal,
      scratch
    })
    const state = await openState(tools, { ENVIRONMENT: 'lab', STATE_IDENTITY: identity }, checkout)
    // A repave that broke early has left no state, and no secret.
    const vars = await readdir(join(state, 'bbl', 'vars')).catch((): string[] => [])
    const files = ['bbl-state.json', ...vars.map(name => `vars/${name}`)].filter(file =>
      existsSync(join(state, 'bbl', file))
    )
    const texts = await Promise.all(
      files.map(async file => [file, await readFile(join(state, 'bbl', file), 'utf8')] as const)
    )
    return texts.flatMap(([file, text]) => secretsIn(file, text))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function secretsOfCredhub({ lab }: Place): string[] {
  const disks = join(lab, 'cloud', 'disks')
  if (!existsSync(disks)) return []
  const stores = filesIn(disks).filter(path => path.endsWith('credhub/credentials.json'))
  return stores.flatMap(path => textsUnder(JSON.parse(readFileSync(path, 'utf8')) as unknown, ''))
}

/** Values, passwords and private keys; who logs in and certificates are none. */
function textsUnder(data: unknown, key: string): string[] {
  if (typeof data === 'string') return ['value', 'password', 'private_key'].includes(key) ? [data] : []
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([name, value]) => textsUnder(value, name))
}

/**
 * Where a secret stands that should not, as it is or in base64: any file of the playground but the lab's own cloud and the
 * identity, each object of its git repositories, and what else is handed in.
 */
export function leaksOf(playground: Place, secrets: Iterable<string>, more: Iterable<string> = []): string[] {
  const forms = [...new Set([...secrets].flatMap(formsOf))]
  const leaks: string[] = []
  const look = (where: string, text: string): void => {
    const found = forms.find(form => text.includes(form))
    if (found !== undefined) leaks.push(`${where}: ${found.slice(0, 6)}… of a secret`)
  }
  for (const path of filesIn(playground.state)) {
    const place = path.slice(playground.state.length + 1)
    if (/^(lab|git)\//.test(place)) continue
    if (!place.startsWith(`${identityFolder}/`)) look(place, readFileSync(path, 'latin1'))
    else if ((statSync(path).mode & 0o077) !== 0) leaks.push(`${place}: readable for others`)
  }
  for (const name of readdirSync(join(playground.state, 'git'))) {
    const options = {
      cwd: join(playground.state, 'git', name),
      maxBuffer: 1 << 30,
      encoding: 'latin1'
    } as const
    look(name, execFileSync('git', ['cat-file', '--batch-all-objects', '--batch'], options))
  }
  for (const text of more) look(`arguments: ${text.slice(0, 200)}`, text)
  return leaks
}

/** Of a key each line. Shorter and common values stand in many places by chance. */
function formsOf(secret: string): string[] {
  const lines = secret.split('\n').filter(line => line.length >= 16 && !line.startsWith('-----'))
  return lines.flatMap(line => [
    line,
    Buffer.from(line)
      .toString('base64')
      .replace(/.{1,3}=*$/, '')
  ])
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

/** Looks at the arguments of all processes of this machine again and again. */
export function watchArguments(): { readonly stop: () => ReadonlySet<string> } {
  const seen = new Set<string>()
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
      } catch {
        // It has ended.
      }
    }
  }, 50)
  return {
    stop: () => {
      clearInterval(timer)
      return seen
    }
  }
}
