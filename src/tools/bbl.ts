import { UserError } from '../core/errors.ts'
import { deleteByScript } from './bbl-scripts.ts'
import type { Programs } from './exec.ts'
import { parseExports } from './exports.ts'
import type { Files } from './files.ts'

/** How to reach a Director and its CredHub: what `bbl print-env` says, as data. */
export interface DirectorAccess {
  /** Environment variables for bosh and credhub. Secrets are among them. */
  readonly env: Readonly<Record<string, string>>
}

/** `concourse` needs no certificate; BUCC's web stands behind it. One environment has one type (bbl#146). */
export type LoadBalancer = 'concourse' | 'cf'

export interface Bbl {
  /** Writes bbl's files for the environment. The load balancer flags must be the same at each plan (bbl#226). */
  plan(name: string, loadBalancer: LoadBalancer): Promise<void>
  up(): Promise<void>
  down(): Promise<void>
  /** Throws a UserError where a value is missing or empty: bbl prints empty ones after a failed `up`, with exit 0. */
  printEnv(): Promise<DirectorAccess>
  /** As `printEnv`, but undefined where there is no Director to be reached. */
  printEnvIfAny(): Promise<DirectorAccess | undefined>
  /** What stands in the cloud under names that hold the filter; deletes nothing. */
  leftovers(filter: string): Promise<string[]>
  /**
   * Deletes a machine by the script that bbl would run, the override where there is one, in the environment that bbl gives
   * it. For a Director that bbl can't ask or does not know of any more.
   */
  deleteMachine(machine: 'director' | 'jumpbox'): Promise<void>
  /** What terraform said last; bbl shows it nowhere else. It may hold secrets, so it is only read, never shown. */
  latestError(): Promise<string>
  version(): Promise<string>
}

export interface BblOptions {
  /** Absolute: bbl exports it to its scripts as it is. */
  readonly stateDir: string
  /** `BBL_IAAS` and the credentials of that IaaS, and of no other: BUCC takes the first one it finds. */
  readonly iaas: Readonly<Record<string, string>>
}

const needed = [
  'BOSH_CLIENT',
  'BOSH_CLIENT_SECRET',
  'BOSH_ENVIRONMENT',
  'BOSH_CA_CERT',
  'CREDHUB_CLIENT',
  'CREDHUB_SECRET',
  'CREDHUB_SERVER',
  'CREDHUB_CA_CERT'
]

/** bbl, run inside its state directory, where BUCC's override scripts expect to be. */
export function createBbl(
  programs: Programs,
  disk: { readonly files: Files; readonly scratch: string },
  options: BblOptions,
  secrets: (env: Readonly<Record<string, string>>) => void
): Bbl {
  const { stateDir, iaas } = options
  const bbl = (args: readonly string[], echo = true) =>
    programs.run({ program: 'bbl', args: [...args, '--state-dir', stateDir], cwd: stateDir, env: iaas, echo })

  const printEnvLoose = async (): Promise<Readonly<Record<string, string>>> => {
    const { stdout } = await bbl(['print-env'], false)
    const env = parseExports(stdout)
    secrets(env)
    return env
  }

  return {
    async plan(name, loadBalancer) {
      await bbl(['plan', '--name', name, '--lb-type', loadBalancer])
    },
    async up() {
      await bbl(['up'])
    },
    async down() {
      await bbl(['down', '--no-confirm'])
    },
    async printEnv() {
      const env = await printEnvLoose()
      const missing = needed.filter(name => (env[name] ?? '') === '')
      if (missing.length === 0) return { env }
      throw new UserError(
        'program',
        `bbl print-env: ${missing.join(', ')} empty, expected the access of a Director`,
        {
          hint: 'finish `bbl up` for this environment, or tear it down'
        }
      )
    },
    async printEnvIfAny() {
      const env = await printEnvLoose()
      return needed.every(name => (env[name] ?? '') !== '') ? { env } : undefined
    },
    async leftovers(filter) {
      const { stdout } = await bbl(['leftovers', '--filter', filter, '--dry-run', '--no-confirm'])
      return leftoverLines(stdout)
    },
    async deleteMachine(machine) {
      const proxy = machine === 'director' ? await printEnvLoose().catch(() => ({})) : {}
      await deleteByScript({ programs, ...disk, stateDir, iaas }, machine, proxy)
    },
    async latestError() {
      return (await bbl(['latest-error'], false)).stdout
    },
    async version() {
      const { stdout } = await programs.run({ program: 'bbl', args: ['--version'], cwd: stateDir })
      return stdout.trim()
    }
  }
}

/** `[Network: lab-network]` is a thing that was found; every other line is talk. */
export function leftoverLines(stdout: string): string[] {
  return stdout.split('\n').flatMap(line => /^\s*\[(.+)\]/.exec(line)?.[1] ?? [])
}
