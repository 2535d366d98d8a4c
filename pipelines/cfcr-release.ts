/**
 * Makes the customized release of CFCR, proves it, and uploads it to the Director before anybody needs it there.
 * Starts on a new version of kubo-release, and when what is laid over it was published anew. It claims nothing: no deployment
 * changes by it.
 */
import type { Artifact } from '../src/concourse/artifact.ts'
import { job } from '../src/concourse/job.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import { get, inOrder, inParallel } from '../src/concourse/steps.ts'
import type { Step } from '../src/concourse/model.ts'
import { tasksFrom, type TaskHandle } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, stateReadingGiven } from '../src/environment/step-params.ts'
import createCfcrRelease from '../tasks/create-cfcr-release.ts'
import uploadCfcrRelease from '../tasks/upload-cfcr-release.ts'

export interface ReleaseInputs extends CommonArtifacts {
  readonly kuboRelease: Artifact
}

/** What needs no Director: the tarball and its provenance. */
export function customizeRelease(
  { versions }: Environment,
  inputs: ReleaseInputs
): TaskHandle<typeof createCfcrRelease> {
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(createCfcrRelease, {
    inputs: { 'kubo-release': inputs.kuboRelease },
    params: { VERSION: versions.repositories['kubo-release'].version }
  })
}

/** Gives the Director a release that was made in the same build. */
export function uploadCustomized(
  { record, versions }: Environment,
  inputs: CommonArtifacts,
  release: Artifact
): Step {
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(uploadCfcrRelease, {
    inputs: { state: inputs.state, 'cfcr-release': release },
    params: {
      ...iaasGiven(record),
      ...stateReadingGiven(record),
      VERSION: versions.repositories['kubo-release'].version
    }
  })
}

export default function cfcrRelease(environment: Environment) {
  const { causeway, toolbox, state, kuboRelease } = resourcesOf(environment)
  const inputs = {
    causeway: get(causeway, { trigger: true }),
    toolbox: get(toolbox),
    state: get(state),
    kuboRelease: get(kuboRelease, { trigger: true })
  }
  const created = customizeRelease(environment, inputs)
  const plan = [
    inParallel(Object.values(inputs)),
    inOrder([created, uploadCustomized(environment, inputs, created.outputs['cfcr-release'])])
  ]
  return pipeline('cfcr-release', { jobs: [job('create-release', plan, { serial: true })] })
}
