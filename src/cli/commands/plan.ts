import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../../environment/environment.ts'
import { formatPlan } from '../../environment/format-plan.ts'
import { iaasVariables } from '../../environment/credentials.ts'
import { planRepave } from '../../environment/plan.ts'
import { takeSnapshot, type TakenSnapshot } from '../../environment/take-snapshot.ts'
import { openState } from '../../state/open-state.ts'
import { checkpointOf, readBranch } from '../../state/read-branch.ts'
import type { PlanOptions } from '../options.ts'
import type { CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import { withLab } from '../lab.ts'
import { openTools } from '../open-tools.ts'
import { stateIdentity } from '../state-identity.ts'
import { readValues } from '../variables.ts'

/** Prints what a repave would destroy and create, in order, and the digest of that. Changes nothing. */
export async function plan(context: CliContext, name: string, options: PlanOptions): Promise<void> {
  const environment = await loadEnvironment(context, name)
  const { record, versions } = environment
  const identity = await stateIdentity(context, record, await readValues(options.var, options.loadVarsFrom))
  const { snapshot, notSeen } = await withLab(context, record.iaas === 'lab', undefined, env =>
    look(context, environment, identity, env)
  )
  const planned = planRepave({ record, versions, existing: snapshot })
  if (options.format === 'json')
    context.out(`${JSON.stringify({ ...planned, not_seen: notSeen }, null, 2)}\n`)
  else context.out(formatPlan(planned))
  for (const thing of notSeen) context.err(`warning: not seen: ${thing}\n`)
}

async function look(
  context: CliContext,
  { record }: Environment,
  identity: string,
  env: Readonly<Record<string, string>>
): Promise<TakenSnapshot> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-plan-'))
  const tools = openTools(context, env)
  try {
    const checkout = await tools.git.clone(record.state.uri, join(folder, 'checkout'), {
      branch: record.state.branch
    })
    const reading = { ENVIRONMENT: record.name, STATE_IDENTITY: identity }
    const state = await openState(tools, reading, checkout.folder)
    const given = iaasVariables[record.iaas].map(({ name }) => [name, context.env[name]] as const)
    const iaas = { IAAS: record.iaas, ...Object.fromEntries(given) }
    const { snapshot, notSeen } = await takeSnapshot(tools, record, iaas, state)
    const serial = checkpointOf(await readBranch(checkout.folder))?.serial
    if (snapshot.state === undefined || serial === undefined) return { snapshot, notSeen }
    return { snapshot: { ...snapshot, state: { ...snapshot.state, serial } }, notSeen }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
