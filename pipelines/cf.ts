/**
 * Deploys cf-deployment with its SILK network shared, and runs its smoke tests.
 * Starts on a new version of cf-deployment or by hand; waits for its turn and holds the environment while it works.
 */
import type { Artifact } from '../src/concourse/artifact.ts'
import { get, inOrder, inParallel } from '../src/concourse/steps.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Step } from '../src/concourse/model.ts'
import { tasksFrom } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { inTurn } from '../src/environment/in-turn.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, stateReadingGiven } from '../src/environment/step-params.ts'
import deployCf from '../tasks/deploy-cf.ts'
import prepareCf from '../tasks/prepare-cf.ts'
import runErrand from '../tasks/run-errand.ts'
import uploadStemcells from '../tasks/upload-stemcells.ts'

export interface CfInputs extends CommonArtifacts {
  readonly cfDeployment: Artifact
}

/** Makes the manifest, uploads the stemcells that it names, and deploys it. */
export function deployCloudFoundry({ record }: Environment, inputs: CfInputs): Step {
  const { state, cfDeployment } = inputs
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const params = { ...iaasGiven(record), ...stateReadingGiven(record) }
  const prepare = task(prepareCf, {
    inputs: { 'cf-deployment': cfDeployment },
    params: {
      SYSTEM_DOMAIN: record.system_domain,
      NETWORK: record.network.kind,
      OVERLAY: record.network.overlay,
      SUBNET_PREFIX: record.network.subnet_prefix,
      SMALL: record.cf.small,
      UPSTREAM_OPS: record.cf.ops,
      VARS: JSON.stringify(record.cf.vars),
      SCALE: JSON.stringify(record.cf.scale)
    }
  })
  const manifest = prepare.outputs['cf-manifest']
  return inOrder([
    prepare,
    task(uploadStemcells, { inputs: { state, manifest }, params: { ...params, MANIFEST: 'cf.yml' } }),
    task(deployCf, {
      inputs: { state, 'cf-deployment': cfDeployment, 'cf-manifest': manifest },
      params
    })
  ])
}

/** An errand of what was deployed. A repave does without: the matrix that ends it proves more. */
export function errandOf(
  { record }: Environment,
  { causeway, toolbox, state }: CommonArtifacts,
  errand: { readonly DEPLOYMENT: string; readonly ERRAND: string; readonly INSTANCE?: string }
): Step {
  const task = tasksFrom({ from: causeway, images: { toolbox } })
  const params = { ...iaasGiven(record), ...stateReadingGiven(record), ...errand }
  return task(runErrand, { inputs: { state }, params })
}

export default function cf(environment: Environment) {
  const { causeway, toolbox, state, cfDeployment } = resourcesOf(environment)
  const jobs = inTurn(environment, {
    name: 'deploy-cf',
    startsOn: { cfDeployment },
    plan: started => {
      const inputs = { causeway: get(causeway), toolbox: get(toolbox), state: get(state), ...started }
      const errand = { DEPLOYMENT: 'cf', ERRAND: 'smoke_tests' }
      return [
        inParallel(Object.values(inputs)),
        deployCloudFoundry(environment, inputs),
        errandOf(environment, inputs, errand)
      ]
    }
  })
  return pipeline('cf', { jobs })
}
