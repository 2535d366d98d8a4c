import type { TextParam } from '../concourse/signature.ts'
import { UserError } from '../core/errors.ts'
import { FindingsError } from '../core/finding.ts'
import type { DirectorAccess } from '../tools/bbl.ts'
import type { Bbl } from '../tools/bbl.ts'
import type { Tools } from '../tools/tools.ts'
import { iaasVariables } from './credentials.ts'
import { iaasFindings } from './iaas-findings.ts'
import { iaases, type Iaas } from './record.ts'

type BblParam = TextParam & { readonly optional: true }
type Variables = Readonly<Record<`BBL_${string}`, BblParam>>

/** Params of every task that runs bbl: the IaaS, and what bbl needs to know of it. */
export const iaasParams = {
  IAAS: { doc: 'Where the environment stands.', choices: iaases },
  ...variableParams()
}

function variableParams(): Variables {
  const params: Record<string, BblParam> = {}
  for (const [iaas, variables] of Object.entries(iaasVariables)) {
    for (const { name, secret } of variables) {
      params[name] = { doc: `bbl's variable for ${iaas}.`, optional: true, ...(secret ? { secret } : {}) }
    }
  }
  return params
}

type Params = Readonly<Record<string, unknown>> & { readonly IAAS: Iaas }

/** The environment for bbl: the chosen IaaS and nothing of another. Throws a FindingsError for what bbl would refuse. */
export function iaasEnvironment(params: Params): Readonly<Record<string, string>> {
  const wanted = iaasVariables[params.IAAS]
  const findings = iaasFindings(params)
  if (findings.length > 0) throw new FindingsError(findings)
  const env: Record<string, string> = { BBL_IAAS: params.IAAS }
  for (const { name } of wanted) {
    const value = params[name]
    if (typeof value === 'string') env[name] = value
  }
  return env
}

/** bbl for the environment whose state lies in a folder. */
export function bblOf(tools: Tools, params: Params, state: string): Bbl {
  return tools.bbl({ stateDir: bblFolder(state), iaas: iaasEnvironment(params) })
}

/** The state branch holds bbl's state directory as a folder, beside our own notes. */
export function bblFolder(state: string): string {
  return `${state}/bbl`
}

/** How to reach the environment's Director. Throws a UserError where it has none. */
export async function directorOf(tools: Tools, params: Params, state: string): Promise<DirectorAccess> {
  const isPaved = await tools.files.exists(`${bblFolder(state)}/bbl-state.json`)
  if (isPaved) return bblOf(tools, params, state).printEnv()
  throw new UserError(
    'program',
    `${bblFolder(state)}: found no bbl-state.json, expected a paved environment`,
    {
      hint: 'pave the environment first'
    }
  )
}
