import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { paveEnvironment } from '../../src/environment/pave.ts'
import type { EnvironmentRecord } from '../../src/environment/record.ts'
import { labEnvironment } from '../../src/lab/install.ts'
import { bucc } from '../../src/lab/upstreams/bucc.ts'
import { checkMachineStates } from '../../src/state/machine-states.ts'
import { createTools, type Tools } from '../../src/tools/tools.ts'
import { openBblLab, type BblLab } from '../lab/bbl/bbl-lab.ts'

interface Changes {
  readonly director?: EnvironmentRecord['director']
  readonly patches?: readonly string[]
  /** Added to the environment that the task runs in. */
  readonly env?: Readonly<Record<string, string>>
}

/** A lab in which environments are paved as the task does it, but for keeping the state. */
export class PavingLab {
  readonly lab: BblLab
  /** Holds `state/`, `bucc/` and `published/`. */
  readonly root: string
  #logged = ''

  private constructor(lab: BblLab, root: string) {
    this.lab = lab
    this.root = root
  }

  static async open(): Promise<PavingLab> {
    const paving = new PavingLab(await openBblLab(), await mkdtemp(join(tmpdir(), 'paving-')))
    await mkdir(paving.path('state'))
    for (const [path, { text, executable }] of Object.entries(bucc.files)) {
      await paving.write(`bucc/${path}`, text, executable === true ? 0o755 : 0o644)
    }
    return paving
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts)
  }

  async write(path: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true })
    await writeFile(this.path(path), text, { mode })
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8')
  }

  has(path: string): boolean {
    return existsSync(this.path(path))
  }

  get logged(): string {
    return this.#logged
  }

  /** Names of machines in the cloud. */
  machines(): readonly string[] {
    return this.lab.cloud.all('vm').map(({ name }) => name)
  }

  tools(env: Readonly<Record<string, string>> = {}): Tools {
    const { lab } = this.lab
    const redactor = new Redactor()
    const log = createLog(
      text => (this.#logged += text),
      text => redactor.redact(text)
    )
    const around = labEnvironment(lab, { path: process.env['PATH'] ?? '', repositories: lab })
    const signal = new AbortController().signal
    return createTools({
      env: { ...around, HOME: this.root, ...env },
      log,
      redactor,
      signal,
      scratch: this.path('scratch')
    })
  }

  async pave(
    environment = 'lab',
    { director = 'bucc', patches = [], env = {} }: Changes = {}
  ): Promise<void> {
    const tools = this.tools(env)
    const state = this.path('state')
    await paveEnvironment({
      bbl: tools.bbl({ stateDir: join(state, 'bbl'), iaas: { BBL_IAAS: 'lab' } }),
      tools,
      log: createLog(text => (this.#logged += text)),
      signal: new AbortController().signal,
      state,
      checkpoint: () => Promise.resolve(),
      proveMachines: () => checkMachineStates(tools.files, state),
      published: this.path('published'),
      environment,
      iaas: 'lab',
      director,
      bucc: this.path('bucc'),
      systemDomain: 'lab.example.com',
      patches,
      providers: '{"lab":"1.4.2"}'
    })
  }

  async close(): Promise<void> {
    await this.lab.close()
    await rm(this.root, { recursive: true, force: true })
  }
}
