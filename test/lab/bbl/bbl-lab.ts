import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Cloud } from '../../../src/lab/cloud/cloud.ts'
import type { Fault } from '../../../src/lab/faults.ts'
import { installLab, labEnvironment, putReal } from '../../../src/lab/install.ts'
import type { LabSettings } from '../../../src/lab/pace.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import { openSupervisor, type Supervisor } from '../../../src/lab/supervisor.ts'
import type { Value } from '../../../src/manifest/value.ts'
import { parseExports } from '../../../src/tools/exports.ts'
import { builtPrograms, directorService } from '../programs/built.ts'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A lab with its programs, and an empty state directory for bbl. */
export interface BblLab {
  readonly lab: string
  readonly cloud: Cloud
  readonly supervisor: Supervisor
  readonly stateDir: string
  /** Runs bbl in the state directory, for the IaaS lab. */
  bbl(...args: readonly string[]): Promise<Ran>
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>
  /** What `bbl print-env` says, as variables. */
  printEnv(): Promise<Readonly<Record<string, string>>>
  break(...faults: readonly Fault[]): void
  put(path: string, text: string, mode?: number): void
  read(path: string): string
  has(path: string): boolean
  state(): Value
  /** Every file in the state directory. */
  files(): readonly string[]
  close(): Promise<void>
}

export interface BblLabOptions {
  /** A real bbl in the place of the imitation. */
  readonly real?: string | undefined
  readonly settings?: Partial<LabSettings>
  /** What the lab hosts. @default Directors alone */
  readonly service?: string
}

export async function openBblLab(options: BblLabOptions = {}): Promise<BblLab> {
  const lab = mkdtempSync(join(tmpdir(), 'lab-'))
  const { real, settings, service = directorService } = options
  await installLab(lab, {
    programs: builtPrograms,
    node: process.execPath,
    settings: { pace: 0, ...settings }
  })
  if (real !== undefined) putReal(lab, join(lab, 'real'), 'bbl', real)
  const supervisor = await openSupervisor(lab, { service })
  const stateDir = join(lab, 'state')
  mkdirSync(stateDir)
  const base = {
    ...labEnvironment(lab, { path: process.env['PATH'] ?? '', repositories: lab }),
    HOME: lab,
    TMPDIR: lab,
    BBL_IAAS: 'lab'
  }
  const run: BblLab['run'] = (program, args, env = {}) => {
    const defined = Object.entries({ ...base, ...env }).filter(([, value]) => value !== '')
    const folder = program === 'bbl' && real !== undefined ? 'real' : 'bin'
    return start(join(lab, folder, program), args, stateDir, Object.fromEntries(defined))
  }
  const result: BblLab = {
    lab,
    cloud: new Cloud(lab),
    supervisor,
    stateDir,
    run,
    bbl: (...args) => run('bbl', args),
    printEnv: async () => parseExports((await run('bbl', ['print-env'])).stdout),
    break: (...faults) => writeFileSync(labPaths(lab).faults, JSON.stringify(faults)),
    put: (path, text, mode = 0o644) => {
      mkdirSync(dirname(join(stateDir, path)), { recursive: true })
      writeFileSync(join(stateDir, path), text, { mode })
    },
    read: path => readFileSync(join(stateDir, path), 'utf8'),
    has: path => existsSync(join(stateDir, path)),
    state: () => JSON.parse(readFileSync(join(stateDir, 'bbl-state.json'), 'utf8')) as Value,
    files: () =>
      readdirSync(stateDir, { recursive: true, withFileTypes: true })
        .filter(entry => !entry.isDirectory())
        .map(entry => join(entry.parentPath, entry.name).slice(stateDir.length + 1))
        .sort(),
    close: async () => {
      await supervisor.close()
      rmSync(lab, { recursive: true, force: true })
    }
  }
  return result
}

function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>
): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', failed).on('close', code => done({ code, stdout, stderr }))
  })
}
