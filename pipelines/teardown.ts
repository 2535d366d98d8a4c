/**
 * Tears an environment down and proves that nothing is left.
 * Started by a person. Refuses what must not be destroyed, and where somebody else holds the environment; a
 * quarantined one it may take.
 */
import type { Step } from '../src/concourse/model.ts'
import { job } from '../src/concourse/job.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Artifact } from '../src/concourse/artifact.ts'
import { attempt, get, inOrder, inParallel } from '../src/concourse/steps.ts'
import { tasksFrom, type TaskHandle } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import {
  guardGiven,
  iaasGiven,
  locksGiven,
  stateGiven,
  stateReadingGiven
} from '../src/environment/step-params.ts'
import claimEnvironment from '../tasks/claim-environment.ts'
import collectEvidence from '../tasks/collect-evidence.ts'
import deleteDeployments from '../tasks/delete-deployments.ts'
import deleteKubernetesObjects from '../tasks/delete-kubernetes-objects.ts'
import destroyInfrastructure from '../tasks/destroy-infrastructure.ts'
import guardTeardown from '../tasks/guard-teardown.ts'
import proveEmpty from '../tasks/prove-empty.ts'
import releaseEnvironment from '../tasks/release-environment.ts'
import reviveDirector from '../tasks/revive-director.ts'
import sweepLeftovers from '../tasks/sweep-leftovers.ts'
import { putState } from './infrastructure.ts'

/** Refuses, before anything is claimed or touched, what must not be destroyed. */
export function guard({ record }: Environment, inputs: CommonArtifacts): Step {
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const params = {
    ENVIRONMENT: record.name,
    IAAS: record.iaas,
    ...guardGiven(record),
    ...stateReadingGiven(record)
  }
  return task(guardTeardown, { inputs: { state: inputs.state }, params })
}

/**
 * What was deployed goes before what it stands on. Each stage is tried whatever became of the one before; the last step
 * joins how they ended, looks at what is left, and fails where that is anything.
 */
export function tearDown(
  environment: Environment,
  claimed: TaskHandle<typeof claimEnvironment>,
  inputs: CommonArtifacts
) {
  const { record } = environment
  const { state } = inputs
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const stage = {
    inputs: { state, lease: claimed.outputs.lease },
    params: { ...iaasGiven(record), ...guardGiven(record), ...stateReadingGiven(record) }
  }
  const keeping = {
    ...stage,
    params: { ...stage.params, ...stateGiven(record) },
    ensure: putState(environment)
  }
  const revived = task(reviveDirector, keeping)
  const objects = task(deleteKubernetesObjects, stage)
  const deployments = task(deleteDeployments, stage)
  const infrastructure = task(destroyInfrastructure, keeping)
  const leftovers = task(sweepLeftovers, stage)
  const proof = task(proveEmpty, {
    inputs: {
      ...revived.outputs,
      ...objects.outputs,
      ...deployments.outputs,
      ...infrastructure.outputs,
      ...leftovers.outputs,
      state
    },
    params: { ...iaasGiven(record), ...stateReadingGiven(record) }
  })
  const stages = [revived, objects, deployments, infrastructure, leftovers]
  return { steps: [...stages.map(each => attempt(each)), proof], proof }
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
  const { steps, proof } = tearDown(environment, claimed, inputs)

  const plan = [
    inParallel(Object.values(inputs)),
    guard(environment, inputs),
    claimed,
    whileClaimed(environment, claimed, inputs, { steps, verdict: proof.outputs.emptiness })
  ]
  return pipeline('teardown', { jobs: [job('teardown', plan, { serial: true })] })
}
