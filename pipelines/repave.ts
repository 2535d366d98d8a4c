/**
 * Tears an environment down, proves that nothing is left, paves it anew, deploys CF and CFCR on one SILK network and
 * proves the connectivity. One job, so that the claim is held from the first step to the last.
 * Started by a person. Refuses where somebody else holds the environment; a quarantined one it may take.
 */
import { job } from '../src/concourse/job.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import { get, inOrder, inParallel } from '../src/concourse/steps.ts'
import type { Environment } from '../src/environment/environment.ts'
import { resourcesOf } from '../src/environment/resources.ts'
import { deployCloudFoundry } from './cf.ts'
import { bringRelease, deployKubernetes, prepareKubernetes, proveConnectivity, settle } from './cfcr.ts'
import { pave } from './infrastructure.ts'
import { claim, guard, tearDown, whileClaimed } from './teardown.ts'

export default function repave(environment: Environment) {
  const { causeway, toolbox, state, bucc, cfDeployment, kuboDeployment, kuboRelease } =
    resourcesOf(environment)
  const inputs = {
    causeway: get(causeway),
    toolbox: get(toolbox),
    state: get(state),
    bucc: get(bucc),
    cfDeployment: get(cfDeployment),
    kuboDeployment: get(kuboDeployment),
    kuboRelease: get(kuboRelease)
  }
  const claimed = claim(environment, 'repave', inputs)
  const prepare = prepareKubernetes(environment, inputs)
  const proof = proveConnectivity(environment, inputs)

  const steps = [
    ...tearDown(environment, claimed, inputs).steps,
    pave(environment, inputs),
    // CFCR's workers join CF's network, so only what needs no CF can be done beside it.
    inParallel(
      [deployCloudFoundry(environment, inputs), inOrder([prepare, ...bringRelease(environment, inputs)])],
      {
        failFast: true
      }
    ),
    deployKubernetes(environment, inputs, prepare.outputs['cfcr-manifest']),
    settle(environment, inputs),
    proof
  ]
  const plan = [
    inParallel(Object.values(inputs)),
    guard(environment, inputs),
    claimed,
    whileClaimed(environment, claimed, inputs, { steps, verdict: proof.outputs.connectivity })
  ]
  return pipeline('repave', { jobs: [job('repave', plan, { serial: true })] })
}
