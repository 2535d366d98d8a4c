import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { publishedFolders } from '../../src/cli/emission.ts'
import { CommandLine, root } from './command-line.ts'

/** `causeway … --watch`, as a person would run it. */
class Watched {
  readonly #child: ChildProcess
  readonly ended: Promise<number | null>
  #said = ''
  #heard: () => void = () => undefined

  constructor(checkout: string, folder: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [join(checkout, 'scripts', 'causeway.mjs'), ...args, '--watch'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, CAUSEWAY_OUT: join(folder, 'out') },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const hear = (data: Buffer): void => {
      this.#said += data.toString('utf8')
      this.#heard()
    }
    this.#child.stdout?.on('data', hear)
    this.#child.stderr?.on('data', hear)
    this.ended = new Promise(done => this.#child.once('close', done))
  }

  /** Waits until it has said something since the last time, and gives all of it up to there. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#said)
      if (found !== null) {
        const end = found.index + found[0].length
        const before = this.#said.slice(0, end)
        this.#said = this.#said.slice(end)
        return before
      }
      await Promise.race([new Promise<void>(done => (this.#heard = done)), this.#mustGoOn()])
    }
  }

  async #mustGoOn(): Promise<void> {
    const code = await this.ended
    throw new Error(`ended with ${String(code)} after: ${this.#said}`)
  }

  interrupt(): void {
    this.#child.kill('SIGINT')
  }
}

let watched: Watched | undefined

afterEach(async () => {
  watched?.interrupt()
  await watched?.ended
  // A copy of the checkout is too much to be left behind.
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const folders: string[] = []

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-rerun-'))
  folders.push(folder)
  return folder
}

const good = 'jobs:\n- name: a\n  plan:\n  - task: t\n    config: {platform: linux, run: {path: "true"}}\n'

describe('causeway check --watch', () => {
  it('checks again what has changed, says what that was, and ends with Ctrl-C', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'a.yml'), good)
    watched = new Watched(root, folder, ['check', 'a.yml'])
    expect(await watched.until(/no findings\n/)).toContain('watching a.yml; Ctrl-C ends it\n')
    await writeFile(join(folder, 'a.yml'), `${good}  - put: nowhere\n`)
    expect(await watched.until(/1 error in 1 file\n/)).toMatch(
      /^\n--- \d\d:\d\d:\d\d changed: a\.yml ---\na\.yml:6:5: error\[unknown-resource\]/
    )
    await writeFile(join(folder, 'a.yml'), good)
    await watched.until(/changed: a\.yml ---\nno findings\n/)
    watched.interrupt()
    expect(await watched.ended).toBe(130)
  })

  it('can not watch standard input', async () => {
    const { code, err } = await (await CommandLine.open()).run('check', '-', '--watch')
    expect(code).toBe(2)
    expect(err).toMatch(/^error: --watch: found -, expected files\nhint: /)
  })
})

describe('causeway emit --watch', () => {
  it('builds what is stale, emits it, and goes on where a source is broken', async () => {
    const checkout = await newFolder()
    for (const path of [
      'src',
      'bench',
      'pipelines',
      'tasks',
      ...publishedFolders,
      'env',
      'scripts',
      'package.json',
      'package-lock.json'
    ]) {
      await cp(join(root, path), join(checkout, path), { recursive: true })
    }
    await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'))
    const source = join(checkout, 'pipelines', 'connectivity.ts')
    const text = await readFile(source, 'utf8')

    watched = new Watched(checkout, checkout, ['emit', '--env', 'lab'])
    await watched.until(/ as they were\n/)
    const emitted = (): Promise<string> =>
      readFile(join(checkout, 'out/pipelines/lab/connectivity.yml'), 'utf8')
    expect(await emitted()).not.toContain('public: true')

    await writeFile(source, text.replace('serial: true', 'serial: true, public: true'))
    const said = await watched.until(/ as they were\n/)
    expect(said).toContain(
      'changed: pipelines/connectivity.ts ---\nchanged out/pipelines/lab/connectivity.yml\n'
    )
    expect(await emitted()).toContain('public: true')

    await writeFile(source, 'export default (\n')
    await watched.until(/nothing was run\n/)
    await writeFile(source, text)
    await watched.until(/ as they were\n/)
    expect(await emitted()).not.toContain('public: true')
  }, 180_000)
})
