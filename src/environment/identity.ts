import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { bblFolder } from './iaas-params.ts'

/** What bbl's state says of itself. */
export interface BblState {
  readonly envId: string
  /** The IaaS that bbl takes the environment to be on; undefined where the state names none. */
  readonly iaas: string | undefined
  /** The Director's address; undefined where no Director came up (bbl then keeps an empty section). */
  readonly director: string | undefined
  /** The Director's name, `bosh-<env>`; undefined where bbl keeps none. */
  readonly directorName: string | undefined
  /** The jumpbox's address; undefined where none came up. */
  readonly jumpbox: string | undefined
  /** Type of the load balancer that bbl made or will make: `concourse`, `cf`, or empty for none. */
  readonly loadBalancer: string
}

/** Reads `bbl-state.json`; undefined where the environment is not paved. Throws a UserError where it can't be read as state. */
export async function readBblState(files: Files, state: string): Promise<BblState | undefined> {
  const path = `${bblFolder(state)}/bbl-state.json`
  const json = await files.readTextIfAny(path)
  if (json === undefined) return undefined
  const parsed = parseJson(json)
  const envId = isRecord(parsed) ? parsed['envID'] : undefined
  if (!isRecord(parsed) || typeof envId !== 'string') {
    throw new UserError('program', `${path}: found no envID, expected bbl's state`, {
      hint: 'restore an earlier commit of the state branch'
    })
  }
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined
  const textIn = (section: string, key: string): string | undefined => {
    const found = parsed[section]
    return text(isRecord(found) ? found[key] : undefined)
  }
  return {
    envId,
    iaas: text(parsed['iaas']),
    director: textIn('bosh', 'directorAddress'),
    directorName: textIn('bosh', 'directorName'),
    jumpbox: textIn('jumpbox', 'url'),
    loadBalancer: textIn('lb', 'type') ?? ''
  }
}

/**
 * Refuses (exit code 7) to touch an environment that is not the one named: nothing else keeps a mixed-up branch from
 * destroying somebody else's playground.
 */
export function guardIdentity(state: BblState, environment: string): void {
  if (state.envId === environment) return
  throw new UserError('refused', `bbl-state.json: found envID ${state.envId}, expected ${environment}`, {
    hint: "check the record's state branch: it holds the state of another environment"
  })
}

/** As `guardIdentity`, for a task that needs the environment to be paved; one that is not has no identity to differ. */
export async function guardNamed(files: Files, state: string, environment: string): Promise<void> {
  const found = await readBblState(files, state)
  if (found !== undefined) guardIdentity(found, environment)
}
