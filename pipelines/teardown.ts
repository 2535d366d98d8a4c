/**
 * Tears an environment down and proves that nothing is left.
 * Started by a person. Refuses where somebody else holds the environment; a quarantined one it may take.
 */
import type { Step } from '../src/concourse/model.ts'
import { job } from '../src/concourse/job.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Artifact } from '../src/concourse/artifact.ts'
import { get, inOrder, inParallel } from '../src/concourse/steps.ts'
import { tasksFrom, type TaskHandle } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, locksGiven, stateGiven, stateReadingGiven } from '../src/environment/step-params.ts'
import claimEnvironment from '../tasks/claim-environment.ts'
import collectEvidence from '../tasks/collect-evidence.ts'
import deleteDeployments from '../tasks/delete-deployments.ts'
import destroyInfrastructure from '../tasks/destroy-infrastructure.ts'
import proveEmpty from '../tasks/prove-empty.ts'
import releaseEnvironment from '../tasks/release-environment.ts'
import { putState } from './infrastructure.ts'

/** Deployments first, then what they stand on; in the end the proof. */
export function tearDown(environment: Environment, inputs: CommonArtifacts) {
  const { state } = inputs
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const { record } = environment
  const params = { ...iaasGiven(record), ...stateReadingGiven(record) }
  const proof = task(proveEmpty, { inputs: { state }, params })
  const steps = [
    task(deleteDeployments, { inputs: { state }, params }),
    task(destroyInfrastructure, {
      inputs: { state },
      params: { ...params, ...stateGiven(record) },
      ensure: putState(environment)
    }),
    proof
  ]
  return { steps, proof }
}

/** Claims the environment at once, or refuses and names the holder: what destroys does not queue. */
export function claim(
  environment: Environment,
  holder: string,
  inputs: CommonArtifacts
): TaskHandle<typeof claimEnvironment> {
  const { record } = environment
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(claimEnvironment, {
    params: {
      ...locksGiven(record),
      HOLDER: `${holder}/env:${record.name}`,
      LEASE_TTL: record.lease.ttl,
      LEASE_GRACE: record.lease.grace,
      TAKE_QUARANTINED: true
    }
  })
}

/** What every claim ends in, whatever happened: evidence of a failure, then the environment's release or quarantine. */
export function whileClaimed(
  environment: Environment,
  claimed: TaskHandle<typeof claimEnvironment>,
  inputs: CommonArtifacts,
  work: { readonly steps: readonly Step[]; readonly verdict: Artifact }
): Step {
  const { record } = environment
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const params = { ...iaasGiven(record), ...stateReadingGiven(record) }
  const evidence = () => task(collectEvidence, { inputs: { state: inputs.state }, params })
  return inOrder(work.steps, {
    onFailure: evidence(),
    onError: evidence(),
    ensure: task(releaseEnvironment, {
      inputs: { lease: claimed.outputs.lease, verdict: work.verdict },
      params: locksGiven(record),
      attempts: 3
    })
  })
}

export default function teardown(environment: Environment) {
  const { causeway, toolbox, state } = resourcesOf(environment)
  const inputs = { causeway: get(causeway), toolbox: get(toolbox), state: get(state) }
  const claimed = claim(environment, 'teardown', inputs)
  const { steps, proof } = tearDown(environment, inputs)

  const plan = [
    inParallel(Object.values(inputs)),
    claimed,
    whileClaimed(environment, claimed, inputs, { steps, verdict: proof.outputs.emptiness })
  ]
  return pipeline('teardown', { jobs: [job('teardown', plan, { serial: true })] })
}
