/**
 * Paves network, jumpbox and Director, or brings them up to date, and keeps the state whatever happens.
 * Starts on a new BUCC version or by hand; waits for its turn and holds the environment while it works.
 */
import type { Artifact } from '../src/concourse/artifact.ts'
import { get, inParallel, put } from '../src/concourse/steps.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Step } from '../src/concourse/model.ts'
import { tasksFrom } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { inTurn } from '../src/environment/in-turn.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, stateGiven } from '../src/environment/step-params.ts'
import paveInfrastructure from '../tasks/pave-infrastructure.ts'

export interface PaveInputs extends CommonArtifacts {
  readonly bucc: Artifact
}

/** Paves, and puts the state whatever the outcome. */
export function pave(environment: Environment, { causeway, toolbox, state, bucc }: PaveInputs): Step {
  const { record, versions } = environment
  const task = tasksFrom({ from: causeway, images: { toolbox } })
  return task(paveInfrastructure, {
    inputs: { state, bucc },
    params: {
      ...iaasGiven(record),
      ...stateGiven(record),
      DIRECTOR: record.director,
      SYSTEM_DOMAIN: record.system_domain,
      PLAN_PATCHES: record.bbl.plan_patches,
      PROVIDERS: JSON.stringify(versions.terraform_providers)
    },
    ensure: putState(environment)
  })
}

/** Puts the state branch; ours are the only commits on it, so a rebase never conflicts. */
export function putState(environment: Environment): Step {
  return put(resourcesOf(environment).state, { params: { repository: 'state', rebase: true }, attempts: 3 })
}

export default function infrastructure(environment: Environment) {
  const { causeway, toolbox, state, bucc } = resourcesOf(environment)
  const jobs = inTurn(environment, {
    name: 'pave-infrastructure',
    startsOn: { bucc },
    plan: started => {
      const inputs = { causeway: get(causeway), toolbox: get(toolbox), state: get(state), ...started }
      return [inParallel(Object.values(inputs)), pave(environment, inputs)]
    }
  })
  return pipeline('infrastructure', { jobs })
}
