import type { Log } from '../../core/log.ts'
import type { DirectorAccess } from '../../tools/bbl.ts'
import type { Bosh } from '../../tools/bosh.ts'
import { ProgramFailed } from '../../tools/exec.ts'
import type { Tools } from '../../tools/tools.ts'
import { bblOf } from '../iaas-params.ts'
import { guardDirector, type GuardValues } from './guard.ts'
import { briefly } from './failures.ts'

export interface ReachedDirector {
  readonly access: DirectorAccess
  readonly bosh: Bosh
}

type Params = GuardValues & Parameters<typeof bblOf>[1]

/**
 * The environment's Director, if it answers; undefined where bbl knows of none or nobody answers. Throws a UserError
 * (refused) where another Director answers.
 */
export async function reachDirector(
  { tools, log }: { readonly tools: Tools; readonly log: Log },
  params: Params,
  state: string
): Promise<ReachedDirector | undefined> {
  try {
    const access = await bblOf(tools, params, state).printEnvIfAny()
    if (access === undefined) return undefined
    const bosh = tools.bosh(access)
    await guardDirector(bosh, params)
    // It may say who it is and yet do nothing: only a question that needs its UAA and its database tells.
    await bosh.deployments()
    return { access, bosh }
  } catch (thrown) {
    if (!(thrown instanceof ProgramFailed) || /ended by us|not started/.test(thrown.message)) throw thrown
    log.warn(`the Director does not answer: ${briefly(thrown)}`)
    return undefined
  }
}
