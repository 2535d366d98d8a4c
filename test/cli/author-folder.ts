import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Finding } from '../../src/core/finding.ts'
import { root, type Ran } from './command-line.ts'

export interface CheckedRun extends Ran {
  readonly findings: readonly Finding[]
}

/** A folder outside of the checkout in which somebody writes pipelines, and runs the command line as they would. */
export class AuthorFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async open(files: Readonly<Record<string, string>> = {}): Promise<AuthorFolder> {
    const folder = new AuthorFolder(await realpath(await mkdtemp(join(tmpdir(), 'causeway-author-'))))
    for (const [name, text] of Object.entries(files)) await folder.write(name, text)
    return folder
  }

  async write(name: string, text: string): Promise<void> {
    const file = join(this.path, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }

  async run(...args: readonly string[]): Promise<Ran> {
    const child = spawn(process.execPath, [join(root, 'scripts', 'causeway.mjs'), ...args], {
      cwd: this.path,
      env: { PATH: process.env['PATH'], HOME: this.path, CAUSEWAY_STATE: join(this.path, '.state') },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (data: Buffer) => (out += data.toString('utf8')))
    child.stderr.on('data', (data: Buffer) => (err += data.toString('utf8')))
    const code = await new Promise<number | null>((done, failed) => {
      child.once('error', failed)
      child.once('close', done)
    })
    return { code: code ?? -1, out, err }
  }

  /** Checks, and reads what was found. */
  async check(...args: readonly string[]): Promise<CheckedRun> {
    const ran = await this.run('check', ...args, '--format', 'json')
    const { findings } =
      ran.out === '' ? { findings: [] } : (JSON.parse(ran.out) as { findings: readonly Finding[] })
    return { ...ran, findings }
  }
}

/** `p.ts:3:5 code path` of each: what most tests compare. */
export function placesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, column, code }) => {
    const place = [file, line, column].filter(part => part !== undefined).join(':')
    return `${place} ${code}`
  })
}
