/**
 * Tries the connectivity matrix between apps and pods of an environment that stands.
 * Started by a person. Refuses where somebody else holds the environment; a quarantined one it may look at.
 */
import { job } from '../src/concourse/job.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import { get, inParallel } from '../src/concourse/steps.ts'
import type { Environment } from '../src/environment/environment.ts'
import { resourcesOf } from '../src/environment/resources.ts'
import { proveConnectivity } from './cfcr.ts'
import { claim, whileClaimed } from './teardown.ts'

export default function connectivity(environment: Environment) {
  const { causeway, toolbox, state } = resourcesOf(environment)
  const inputs = { causeway: get(causeway), toolbox: get(toolbox), state: get(state) }
  const claimed = claim(environment, 'connectivity', inputs)
  const proof = proveConnectivity(environment, inputs)

  const plan = [
    inParallel(Object.values(inputs)),
    claimed,
    whileClaimed(environment, claimed, inputs, { steps: [proof], verdict: proof.outputs.connectivity })
  ]
  return pipeline('connectivity', { jobs: [job('test-connectivity', plan, { serial: true })] })
}
