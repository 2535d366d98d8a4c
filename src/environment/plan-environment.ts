import { messageOf, UserError } from '../core/errors.ts'
import type { Bbl } from '../tools/bbl.ts'
import { ProgramFailed } from '../tools/exec.ts'
import type { Files } from '../tools/files.ts'
import { bblFolder } from './iaas-params.ts'
import { guardIdentity, readBblState } from './identity.ts'
import { bblLoadBalancer, guardLoadBalancer } from './load-balancer.ts'

/**
 * Plans with the load balancer flags of every other plan, and refuses (exit code 7) where the state names another load balancer
 * before or after. A name that the IaaS knows already stops it, too, with a list of what stands there.
 */
export async function planEnvironment(
  { bbl, files }: { readonly bbl: Bbl; readonly files: Files },
  state: string,
  environment: string
): Promise<void> {
  const folder = bblFolder(state)
  await files.makeFolder(folder)
  const before = await readBblState(files, state)
  if (before !== undefined) guardIdentity(before, environment)
  guardLoadBalancer(before?.loadBalancer ?? '', 'before the plan')
  // A cache of plugins that came with the state keeps terraform from fetching those that lack (bosh-bootloader#560).
  await files.remove(`${folder}/terraform/.terraform`)
  try {
    await bbl.plan(environment, bblLoadBalancer)
  } catch (thrown) {
    throw isTaken(thrown) ? await explainTaken(bbl, environment) : thrown
  }
  const after = await readBblState(files, state)
  guardLoadBalancer(after?.loadBalancer ?? '', 'after the plan')
}

function isTaken(thrown: unknown): boolean {
  return thrown instanceof ProgramFailed && /bbl environment already exists with the name/.test(thrown.stderr)
}

/** A teardown that left something, or a state that was lost: which of them, only a person can tell. */
async function explainTaken(bbl: Bbl, environment: string): Promise<UserError> {
  const found = await bbl
    .leftovers(environment)
    .catch((thrown: unknown) => [`not checked: ${messageOf(thrown).split('\n', 1)[0] ?? ''}`])
  const listed = found.length === 0 ? ['nothing that bbl lists'] : found
  return new UserError(
    'refused',
    `${environment}: found it in the IaaS but not in its state, expected a free name; what carries the name there:\n${listed.map(thing => `  ${thing}`).join('\n')}`,
    { hint: 'restore the state if it was lost; else tear down what is listed, then pave again' }
  )
}
