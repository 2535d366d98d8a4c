import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duration } from '../../src/core/duration.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { findFolders } from '../../src/task/folders.ts'
import { readParams } from '../../src/task/params.ts'
import { openState } from '../../src/state/open-state.ts'
import { StateSession } from '../../src/state/state-session.ts'
import type { AnyTask } from '../../src/task/run-task.ts'
import { createTools, type Tools } from '../../src/tools/tools.ts'
import { readTree } from '../../src/tools/tree.ts'

/** Of no environment but the one of this bench. */
const identity = 'AGE-SECRET-KEY-1A3PXPAQCWYSM339MLR8C6KT3JR0UTTQCWMKW53G0SD44AAPY0K8QDPHWW3'

/** A folder in which a task runs against programs that are told what to answer, and write down what they were asked. */
export class Workbench {
  readonly root: string
  #logged = ''

  private constructor(root: string) {
    this.root = root
  }

  static async open(): Promise<Workbench> {
    const bench = new Workbench(await mkdtemp(join(tmpdir(), 'workbench-')))
    await mkdir(join(bench.root, 'bin'))
    await mkdir(join(bench.root, 'scratch'))
    await writeFile(join(bench.root, 'calls'), '')
    return bench
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts)
  }

  /** Puts a file down, and the folders that it lies in. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(join(this.root, path, '..'), { recursive: true })
    await writeFile(join(this.root, path), text)
  }

  async executable(path: string): Promise<void> {
    await chmod(join(this.root, path), 0o755)
  }

  /** A symbolic link, to wherever it leads. */
  async link(path: string, target: string): Promise<void> {
    await symlink(target, join(this.root, path))
  }

  read(path: string): Promise<string> {
    return readFile(join(this.root, path), 'utf8')
  }

  /** A program that answers by the cases of a shell script on `"$*"`; every call of it is written down. */
  async program(name: string, cases: string): Promise<void> {
    const path = join(this.root, 'bin', name)
    const script = `#!/bin/sh\nprintf '%s %s\\n' ${name} "$*" >>"${this.root}/calls"\ncase "$*" in\n${cases}\nesac\n`
    await writeFile(path, script)
    await chmod(path, 0o755)
  }

  /** What the programs were asked, in order; git and questions for versions are left out. */
  async calls(): Promise<string[]> {
    return (await this.read('calls')).split('\n').filter(line => line !== '' && !line.endsWith(' --version'))
  }

  /** Where the task has the state in plain text while it runs. */
  plainState(...parts: readonly string[]): string {
    return this.path('scratch', 'state', 'plain', ...parts)
  }

  /** A file of the state as the branch has it now. */
  async readState(path: string): Promise<string> {
    const checkout = await mkdtemp(join(this.root, 'checkout-'))
    execFileSync('git', ['clone', '--quiet', '--branch', 'state', this.path('state.git'), checkout])
    const tools = await this.#quietTools()
    return readFile(join(await openState(tools, this.#state('lab'), checkout), path), 'utf8')
  }

  #state(environment: string) {
    return {
      ENVIRONMENT: environment,
      STATE_URI: this.path('state.git'),
      STATE_BRANCH: 'state',
      STATE_IDENTITY: identity,
      STATE_PRIVATE_KEY: undefined,
      STATE_RECIPIENTS: []
    }
  }

  /** Makes of plain files in `state/` the checkout of an encrypted branch, as a pipeline brings it. */
  async #seal(environment: string): Promise<void> {
    const checkout = this.path('state')
    const tree = await readTree(checkout, path => path === '.git')
    const isThere = await readTree(this.path('state.git')).then(found => found.size > 0)
    if (isThere && (tree.has('checkpoint.json') || tree.size === 0)) return
    execFileSync('git', ['init', '--quiet', '--bare', this.path('state.git')])
    await rm(checkout, { recursive: true, force: true })
    const tools = await this.#quietTools()
    const log = createLog(() => undefined)
    const session = await StateSession.open({ tools, log, params: this.#state(environment), checkout })
    tree.delete('README.md')
    await session.checkpoint(tree, { reason: 'given', revision: 'none', tools: {}, mayLose: 'anything' })
  }

  /** Tools of nobody who is tried here. */
  async #quietTools(): Promise<Tools> {
    return createTools({
      env: { PATH: process.env['PATH'] ?? '', HOME: this.root },
      log: createLog(() => undefined),
      redactor: new Redactor(),
      signal: new AbortController().signal,
      scratch: await mkdtemp(join(this.root, 'scratch-'))
    })
  }

  get logged(): string {
    return this.#logged
  }

  /** Runs a task as its process would, with folders of this bench as its inputs. */
  async run(
    task: AnyTask,
    params: Readonly<Record<string, string>>,
    signal: AbortSignal = AbortSignal.timeout(Duration.seconds(30).milliseconds)
  ): Promise<void> {
    const { STATE_URI, STATE_BRANCH, STATE_IDENTITY } = this.#state('lab')
    // A state of another environment is bbl's to tell: its branch says that it is ours.
    await this.#seal(params['ENVIRONMENT'] ?? 'lab')
    const read = readParams(task, { STATE_URI, STATE_BRANCH, STATE_IDENTITY, ...params })
    const folders = await findFolders(task, this.root)
    const findings = [...read.findings, ...folders.findings]
    if (findings.length > 0)
      throw new Error(findings.map(finding => `${finding.path}: ${finding.message}`).join('\n'))
    const redactor = new Redactor()
    const log = createLog(
      text => (this.#logged += text),
      text => redactor.redact(text)
    )
    const env = { PATH: `${this.path('bin')}:${process.env['PATH'] ?? ''}`, HOME: this.root }
    const tools = createTools({ env, log, redactor, signal, scratch: this.path('scratch') })
    const context = {
      inputs: folders.inputs,
      outputs: folders.outputs,
      params: read.values,
      published: this.path('causeway'),
      tools,
      log,
      signal
    }
    await task.run(context as never)
  }
}

/** bbl's state of a paved environment, as far as our tasks read it. */
export function bblState(
  envId: string,
  director = 'https://10.0.0.6:25555',
  loadBalancer = 'concourse'
): string {
  return JSON.stringify({
    version: 14,
    envID: envId,
    bosh: { directorAddress: director },
    lb: { type: loadBalancer }
  })
}

/** What terraform keeps of an environment once it is applied, as far as our tasks read it. */
export function terraformState(
  outputs: Readonly<Record<string, unknown>> = {},
  director = 'bosh-lab'
): string {
  const all = {
    director_name: director,
    internal_cidr: '10.0.0.0/24',
    internal_gw: '10.0.0.1',
    external_ip: '10.0.0.5',
    jumpbox_url: '10.0.0.5:22',
    director__internal_ip: '10.0.0.6',
    ...outputs
  }
  const entries = Object.entries(all).map(([name, value]) => [name, { value }])
  return JSON.stringify({ version: 4, outputs: Object.fromEntries(entries) as unknown })
}

/** What `bbl print-env` says of a Director that answers. */
export const printEnv = [
  'export BOSH_CLIENT=admin',
  'export BOSH_CLIENT_SECRET=director-secret',
  'export BOSH_ENVIRONMENT=https://10.0.0.6:25555',
  'export BOSH_CA_CERT=ca',
  'export CREDHUB_CLIENT=credhub-admin',
  'export CREDHUB_SECRET=credhub-secret',
  'export CREDHUB_SERVER=https://10.0.0.6:8844',
  'export CREDHUB_CA_CERT=ca'
].join('\n')

/** Cases of a shell script: a table of `bosh … --json`. */
export function table(rows: readonly Readonly<Record<string, string>>[]): string {
  return `echo '${JSON.stringify({ Tables: [{ Content: 'x', Rows: rows }] })}'`
}
