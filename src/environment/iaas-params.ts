import type { TextParam } from '../concourse/signature.ts'
import { UserError } from '../core/errors.ts'
import type { DirectorAccess } from '../tools/bbl.ts'
import type { Bbl } from '../tools/bbl.ts'
import type { Tools } from '../tools/tools.ts'
import { iaasVariables } from './credentials.ts'
import { iaases, type Iaas } from './record.ts'

type Variables = Readonly<Record<`BBL_${string}`, TextParam & { readonly optional: true }>>

/** Params of every task that runs bbl: the IaaS, and what bbl needs to know of it. */
export const iaasParams = {
  IAAS: { doc: 'Where the environment stands.', choices: iaases },
  ...variableParams()
}

function variableParams(): Variables {
  const entries = Object.entries(iaasVariables).flatMap(([iaas, variables]) =>
    variables.map(({ name, secret }): [string, Variables[`BBL_`]] => {
      const doc = `bbl's variable for ${iaas}.`
      return [name, { doc, optional: true, ...(secret ? { secret } : {}) }]
    })
  )
  return Object.fromEntries(entries)
}

type Params = Readonly<Record<string, unknown>> & { readonly IAAS: Iaas }

/** The environment for bbl: the chosen IaaS and nothing of another. Throws a UserError where a variable lacks. */
export function iaasEnvironment(params: Params): Readonly<Record<string, string>> {
  const wanted = iaasVariables[params.IAAS]
  const missing = wanted.filter(({ name, required }) => required && typeof params[name] !== 'string')
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ')
    throw new UserError('findings', `params: found no ${names}, expected them for ${params.IAAS}`, {
      hint: 'put the credentials into the credential manager, and name them in the pipeline'
    })
  }
  const given = wanted.flatMap(({ name }) => (typeof params[name] === 'string' ? [[name, params[name]]] : []))
  return { BBL_IAAS: params.IAAS, ...Object.fromEntries(given) }
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
