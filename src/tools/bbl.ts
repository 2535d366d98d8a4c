import { UserError } from '../core/errors.ts'
import { deleteByScript } from './bbl-scripts.ts'
import type { Programs } from './exec.ts'
import { parseExports } from './exports.ts'
import type { Files } from './files.ts'
import { isRecord, parseJson } from './table.ts'

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

/** What bbl is run by. */
export interface BblHost {
  /** Their environment holds no `BBL_*` of another IaaS. */
  readonly programs: Programs
  readonly files: Files
  /** A folder that goes with the task, for what bbl leaves in its temporary folder: jumpbox keys, terraform, credentials. */
  readonly scratch: string
  /** Takes a value that no log may show. */
  readonly secret: (value: string) => void
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
export function createBbl(host: BblHost, options: BblOptions): Bbl {
  const { programs } = host
  const { stateDir } = options
  let environment: Promise<Readonly<Record<string, string>>> | undefined
  const bbl = async (args: readonly string[], echo = true) => {
    environment ??= prepareEnvironment(host, options)
    return programs.run({
      program: 'bbl',
      args: [...args, '--state-dir', stateDir],
      cwd: stateDir,
      env: await environment,
      echo,
      ending: 'parts'
    })
  }

  const printEnvLoose = async (): Promise<Readonly<Record<string, string>>> => {
    const { stdout } = await bbl(['print-env'], false)
    const env = parseExports(stdout)
    maskSecrets(env, host)
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
      environment ??= prepareEnvironment(host, options)
      await deleteByScript({ ...host, stateDir, iaas: await environment }, machine, proxy)
    },
    async latestError() {
      return (await bbl(['latest-error'], false)).stdout
    },
    async version() {
      const { stdout } = await programs.run({ program: 'bbl', args: ['--version'], echo: false })
      return stdout.trim()
    }
  }
}

/**
 * The variables of the IaaS, and a temporary folder of the task's own: bbl writes a fresh jumpbox key there at each
 * `print-env` and never takes one away (bbl v9.0.48, renderers and ssh). A key of Google Cloud, given as JSON or as a path,
 * becomes a file that its owner alone can read.
 */
async function prepareEnvironment(
  { files, scratch, secret }: BblHost,
  { iaas }: BblOptions
): Promise<Readonly<Record<string, string>>> {
  await files.makeFolder(scratch)
  const given = iaas[gcpKey]
  if (given === undefined) return { ...iaas, TMPDIR: scratch }
  const path = `${scratch}/gcp-service-account.json`
  const key = given.trimStart().startsWith('{') ? given : await files.readText(given)
  await files.writeSecret(path, key)
  const parsed = parseJson(key)
  // Inside of JSON its line breaks are written out; a program shows them as they are.
  if (isRecord(parsed) && typeof parsed['private_key'] === 'string') secret(parsed['private_key'])
  return { ...iaas, [gcpKey]: path, TMPDIR: scratch }
}

const gcpKey = 'BBL_GCP_SERVICE_ACCOUNT_KEY'

/** Names tell which of a Director's variables are secrets; addresses and client names are none. */
function maskSecrets(env: Readonly<Record<string, string>>, { secret }: BblHost): void {
  for (const [name, value] of Object.entries(env)) {
    if (/SECRET|PASSWORD|PRIVATE_KEY/.test(name)) secret(value)
  }
}

/**
 * An environment without the variables that bbl and BUCC read, so that those of one IaaS can be added: BUCC takes the first
 * IaaS that it finds a variable of, even an empty one, and a relative `BBL_STATE_DIR` leads its scripts astray
 * (bucc v0.10.3, bbl/common.sh and bin/bucc). Which terraform to take is for the image to say.
 */
export function withoutBblVariables(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(
    ([name]) => !name.startsWith('BBL_') || name === 'BBL_TERRAFORM_BINARY'
  )
  return Object.fromEntries(kept)
}

/** `[Network: lab-network]` is a thing that was found; every other line is talk. */
export function leftoverLines(stdout: string): string[] {
  return stdout.split('\n').flatMap(line => /^\s*\[(.+)\]/.exec(line)?.[1] ?? [])
}
