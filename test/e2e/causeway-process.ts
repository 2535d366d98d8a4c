import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunEvent } from '../../src/core/run-event.ts'

export const root = dirname(dirname(import.meta.dirname))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** As far as tests look at it. */
interface DirectorFile {
  readonly deployments: readonly {
    readonly name: string
    readonly releases: readonly { readonly name: string; readonly version: string }[]
  }[]
}

/** A state folder of its own, and `scripts/causeway` run on it as a person would run it. */
export class Playground {
  readonly state: string
  readonly #env: NodeJS.ProcessEnv

  private constructor(state: string, env: Readonly<Record<string, string>>) {
    this.state = state
    this.#env = {
      ...process.env,
      ...env,
      CAUSEWAY_STATE: state,
      CAUSEWAY_OUT: join(state, 'out'),
      HOME: this.home,
      TMPDIR: this.temporary
    }
  }

  /** Its commands are started with some more variables in their environment. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<Playground> {
    const playground = new Playground(await mkdtemp(join(tmpdir(), 'playground-')), env)
    await Promise.all([playground.home, playground.temporary].map(folder => mkdir(folder)))
    return playground
  }

  get home(): string {
    return join(this.state, 'home')
  }

  get temporary(): string {
    return join(this.state, 'tmp')
  }

  get lab(): string {
    return join(this.state, 'lab')
  }

  run(...args: readonly string[]): Promise<Ended> {
    return this.start(args).ended
  }

  /** Starts a command; `when` is called with all that it has written to standard error so far. */
  start(
    args: readonly string[],
    when: (err: string, child: ChildProcess) => void = () => undefined
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const child = spawn(join(root, 'scripts', 'causeway'), [...args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString()
      when(err, child)
    })
    const ended = new Promise<Ended>(done => child.on('close', code => done({ code, out, err })))
    return { child, ended }
  }

  async #newestRun(): Promise<string> {
    const runs = join(this.state, 'runs')
    return join(runs, (await readdir(runs)).sort().at(-1) ?? '')
  }

  /** The events of the newest run. */
  async events(): Promise<RunEvent[]> {
    const text = await readFile(join(await this.#newestRun(), 'events.jsonl'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as RunEvent)
  }

  /** Releases of a deployment, as the lab's Director has them: name → version. */
  async releasesOf(deployment: string): Promise<Readonly<Record<string, string>>> {
    const disks = join(this.lab, 'cloud', 'disks')
    const kept = (await readdir(disks, { recursive: true })).filter(path => path.endsWith('director.json'))
    const directors = await Promise.all(
      kept.map(async path => JSON.parse(await readFile(join(disks, path), 'utf8')) as DirectorFile)
    )
    const found = directors.flatMap(({ deployments }) => deployments).find(({ name }) => name === deployment)
    return Object.fromEntries((found?.releases ?? []).map(({ name, version }) => [name, version]))
  }

  /** Files that were left where programs put what they need for a moment, or keep for the next time. */
  async leftBehind(): Promise<string[]> {
    const found = await Promise.all([this.home, this.temporary].map(folder => readdir(folder)))
    return found.flat()
  }

  /** Processes of this machine whose command line or environment names this playground. */
  async processes(): Promise<string[]> {
    const found: string[] = []
    for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
      const texts = await Promise.all(
        ['cmdline', 'environ'].map(file => readFile(join('/proc', pid, file), 'utf8').catch(() => ''))
      )
      if (Number(pid) !== process.pid && texts.some(text => text.includes(this.state)))
        found.push(texts[0] ?? pid)
    }
    return found
  }
}

/** How the steps of a run ended, by name; of several with one name, the last. */
export function outcomesOf(events: readonly RunEvent[]): Map<string, string> {
  const names = new Map<number, string>()
  const outcomes = new Map<string, string>()
  for (const event of events) {
    if (event.kind === 'step-started') names.set(event.step, event.name)
    if (event.kind === 'step-finished') outcomes.set(names.get(event.step) ?? '', event.outcome)
  }
  return outcomes
}
