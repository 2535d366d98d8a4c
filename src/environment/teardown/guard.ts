import { UserError } from '../../core/errors.ts'
import type { Bosh } from '../../tools/bosh.ts'
import type { Files } from '../../tools/files.ts'
import { isRecord } from '../../tools/table.ts'
import { directorName } from '../director-name.ts'
import { bblFolder } from '../iaas-params.ts'
import { readBblState, type BblState } from '../identity.ts'
import { parseLease, type Lease } from '../lease.ts'
import type { Iaas } from '../record.ts'
import { readYaml } from '../yaml-source.ts'
import type { Owner } from './match.ts'

/** Params of every task that destroys: what the guards compare the state with. */
export const guardParams = {
  ENVIRONMENT: { doc: 'Name of the environment; state, lease and Director must be its own.' },
  TOPOLOGY: {
    doc: 'Where the pipelines of the environment run; what it runs itself it does not destroy.',
    choices: ['control', 'self-hosted'],
    default: 'control'
  },
  PROTECTED: {
    doc: 'Whether destroying the environment needs a second word.',
    type: 'boolean',
    default: false
  },
  CONFIRM: { doc: 'The second word for a protected environment: its name.', optional: true },
  ATC_EXTERNAL_URL: {
    doc: 'URL of the Concourse that runs this, which must not stand in the environment.',
    optional: true
  }
} as const

export interface GuardValues {
  readonly ENVIRONMENT: string
  readonly IAAS: Iaas
  readonly TOPOLOGY: 'control' | 'self-hosted'
  readonly PROTECTED: boolean
  readonly CONFIRM: string | undefined
  readonly ATC_EXTERNAL_URL: string | undefined
}

/** All that the guards look at. */
export interface GuardFacts {
  readonly params: GuardValues
  /** Undefined where the environment is not paved. */
  readonly state: BblState | undefined
  /** Undefined where nobody has claimed it yet. */
  readonly lease: Lease | undefined
  /** Hosts at which the environment answers from outside. */
  readonly hosts: readonly string[]
}

interface Refusal {
  readonly message: string
  readonly hint: string
}

/** The environment as things in the IaaS name it, and what it was given there. */
export function ownerOf(
  params: Pick<GuardValues, 'ENVIRONMENT' | 'IAAS'> & Readonly<Record<string, unknown>>
): Owner {
  const { ENVIRONMENT: environment, IAAS } = params
  const given = Object.entries(params).flatMap(([name, value]) =>
    /^BBL_\w+_NETWORK(_ID|_NAME)?$/.test(name) && typeof value === 'string' ? [value] : []
  )
  return { environment, director: directorName(environment, IAAS), given: new Set(given) }
}

/** Everything that speaks against destroying the environment; none where all is well. */
export function refusalsOf({ params, state, lease, hosts }: GuardFacts): Refusal[] {
  const { ENVIRONMENT: name, IAAS, TOPOLOGY, PROTECTED, CONFIRM, ATC_EXTERNAL_URL } = params
  const found: Refusal[] = []
  const refuse = (message: string, hint: string): void => void found.push({ message, hint })
  const mixedUp = "check the record's state branch: it holds the state of another environment"
  if (state !== undefined && state.envId !== name)
    refuse(`bbl-state.json: found envID ${state.envId}, expected ${name}`, mixedUp)
  const director = directorName(name, IAAS)
  if (state?.directorName !== undefined && state.directorName !== director)
    refuse(`bbl-state.json: found the Director ${state.directorName}, expected ${director}`, mixedUp)
  if (lease !== undefined && lease.environment !== name)
    refuse(`lease: found it for ${lease.environment}, expected ${name}`, `claim ${name} first`)
  if (TOPOLOGY === 'self-hosted')
    refuse(
      `topology: found self-hosted, expected control: the Concourse of ${name} would be destroyed with it`,
      `run the pipelines of ${name} from a Concourse outside of it, or on one machine, and say topology: control in its record`
    )
  const concourse = hostOf(ATC_EXTERNAL_URL)
  if (concourse !== undefined && hosts.includes(concourse))
    refuse(
      `ATC_EXTERNAL_URL: found ${concourse}, which ${name} answers at, expected a Concourse outside of it`,
      `run the pipelines of ${name} from a Concourse outside of it`
    )
  if (PROTECTED && CONFIRM !== name)
    refuse(
      `protected: found ${CONFIRM === undefined ? 'no second word' : JSON.stringify(CONFIRM)}, expected ${name}`,
      `say the name again: causeway teardown ${name} --protected ${name}; in Concourse, the var confirm`
    )
  return found
}

/** Throws a UserError (refused, exit code 7) with everything that speaks against destroying the environment. */
export function guardTeardown(facts: GuardFacts): void {
  const refusals = refusalsOf(facts)
  if (refusals.length === 0) return
  throw new UserError('refused', refusals.map(({ message }) => message).join('\n'), {
    hint: [...new Set(refusals.map(({ hint }) => hint))].join('; ')
  })
}

/** Guards a task that destroys. Gives the state, or undefined where the environment is not paved. */
export async function guardedState(
  files: Files,
  state: string,
  params: GuardValues,
  leaseFolder: string | undefined
): Promise<BblState | undefined> {
  const found = await readBblState(files, state)
  const leaseText =
    leaseFolder === undefined ? undefined : await files.readTextIfAny(`${leaseFolder}/lease.yml`)
  guardTeardown({
    params,
    state: found,
    lease: leaseText === undefined ? undefined : parseLease(leaseText),
    hosts: await hostsOf(files, state, found)
  })
  return found
}

/** Refuses a Director that is not the environment's own, whatever the state says of its address. */
export async function guardDirector(
  bosh: Bosh,
  { ENVIRONMENT, IAAS }: Pick<GuardValues, 'ENVIRONMENT' | 'IAAS'>
): Promise<void> {
  const [name, expected] = [await bosh.directorName(), directorName(ENVIRONMENT, IAAS)]
  if (name === expected) return
  throw new UserError('refused', `bosh environment: found the Director ${name}, expected ${expected}`, {
    hint: 'check who answers at the address in bbl-state.json'
  })
}

/** BUCC's Concourse answers at `concourse_domain`, or at `external_ip` where there is no load balancer (BUCC v0.10.3). */
const publicNames = ['concourse_domain', 'external_ip', 'external_host']

async function hostsOf(files: Files, state: string, found: BblState | undefined): Promise<string[]> {
  const text = await files.readTextIfAny(`${bblFolder(state)}/vars/director-vars-file.yml`)
  const vars = text === undefined ? undefined : readYaml(text, 'vars/director-vars-file.yml').value
  const named = isRecord(vars) ? publicNames.map(name => vars[name]) : []
  const director = hostOf(found?.director)
  return [
    ...named.flatMap(value => (typeof value === 'string' ? [hostOf(value) ?? value] : [])),
    // Every environment of bbl has the same private address for its Director.
    ...(director === undefined || isPrivate(director) ? [] : [director])
  ]
}

function hostOf(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined
  const parsed = URL.parse(url.includes('://') ? url : `https://${url}`)
  return parsed?.hostname
}

/** RFC 1918. */
function isPrivate(host: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
}
