/**
 * Deploys cf-deployment with its SILK network shared.
 * Starts on a new version of cf-deployment or by hand; waits for its turn and holds the environment while it works.
 */
import type { Artifact } from '../src/concourse/artifact.ts'
import { get, inParallel } from '../src/concourse/steps.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Step } from '../src/concourse/model.ts'
import { tasksFrom } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { inTurn } from '../src/environment/in-turn.ts'
import { cfOps } from '../src/environment/ops.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, stateReadingGiven } from '../src/environment/step-params.ts'
import deployCf from '../tasks/deploy-cf.ts'

export interface CfInputs extends CommonArtifacts {
  readonly cfDeployment: Artifact
}

export function deployCloudFoundry({ record }: Environment, inputs: CfInputs): Step {
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(deployCf, {
    inputs: { state: inputs.state, 'cf-deployment': inputs.cfDeployment },
    params: {
      ...iaasGiven(record),
      ...stateReadingGiven(record),
      SYSTEM_DOMAIN: record.system_domain,
      OPS: cfOps(record),
      UPSTREAM_OPS: record.cf.ops,
      VARS: JSON.stringify(record.cf.vars),
      SCALE: JSON.stringify(record.cf.scale)
    }
  })
}

export default function cf(environment: Environment) {
  const { causeway, toolbox, state, cfDeployment } = resourcesOf(environment)
  const jobs = inTurn(environment, {
    name: 'deploy-cf',
    startsOn: cfDeployment,
    plan: newCfDeployment => {
      const inputs = {
        causeway: get(causeway),
        toolbox: get(toolbox),
        state: get(state),
        cfDeployment: newCfDeployment
      }
      return [inParallel(Object.values(inputs)), deployCloudFoundry(environment, inputs)]
    }
  })
  return pipeline('cf', { jobs })
}
