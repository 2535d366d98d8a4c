/**
 * Deploys CFCR with SILK in Flannel's place, its addons, waits until it is stable, and tries its errands and the matrix.
 * Starts on a new version of kubo-deployment or kubo-release or by hand; waits for its turn and holds the environment while
 * it works. It makes and proves the customized release by itself (docs/adr/0009-silk-for-kubelet-by-the-customized-release.md).
 */
import type { Artifact } from '../src/concourse/artifact.ts'
import { get, inOrder, inParallel } from '../src/concourse/steps.ts'
import { pipeline } from '../src/concourse/pipeline.ts'
import type { Step } from '../src/concourse/model.ts'
import { tasksFrom, type TaskHandle } from '../src/concourse/task-step.ts'
import type { Environment } from '../src/environment/environment.ts'
import { inTurn } from '../src/environment/in-turn.ts'
import { silkDaemonCredential } from '../src/environment/ops.ts'
import { resourcesOf, type CommonArtifacts } from '../src/environment/resources.ts'
import { iaasGiven, settlingGiven, stateReadingGiven } from '../src/environment/step-params.ts'
import applyAddons from '../tasks/apply-addons.ts'
import configureCf from '../tasks/configure-cf.ts'
import deployCfcr from '../tasks/deploy-cfcr.ts'
import prepareCfcr from '../tasks/prepare-cfcr.ts'
import testConnectivity from '../tasks/test-connectivity.ts'
import uploadStemcells from '../tasks/upload-stemcells.ts'
import waitUntilStable from '../tasks/wait-until-stable.ts'
import { errandOf } from './cf.ts'
import { customizeRelease, uploadCustomized, type ReleaseInputs } from './cfcr-release.ts'

/** A name that CFCR's certificate has, and its DNS alias. */
const kubernetesApi = 'https://master.cfcr.internal:8443'

export interface CfcrInputs extends ReleaseInputs {
  readonly kuboDeployment: Artifact
}

/** What needs no CF, and no Director either: the manifest. */
export function prepareKubernetes(
  { record, versions }: Environment,
  inputs: CfcrInputs
): TaskHandle<typeof prepareCfcr> {
  const { network, cfcr, pod_ip } = record
  const { repositories } = versions
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(prepareCfcr, {
    inputs: { 'kubo-deployment': inputs.kuboDeployment },
    params: {
      NETWORK: network.kind,
      UPSTREAM_OPS: cfcr.ops,
      OVERLAY: network.overlay,
      SUBNET_PREFIX: network.subnet_prefix,
      LINK: network.link,
      POD_IP: pod_ip,
      SILK_VERSION: repositories['silk-release'].version,
      SILK_DAEMON: silkDaemonCredential(record),
      KUBO_VERSION: repositories['kubo-release'].version,
      VARS: JSON.stringify(cfcr.vars),
      SCALE: JSON.stringify(cfcr.scale)
    }
  })
}

/** What needs a Director, but no CF: the customized release, made, proved and uploaded. Flannel goes with upstream's. */
export function bringRelease(environment: Environment, inputs: ReleaseInputs): readonly Step[] {
  if (environment.record.network.kind === 'flannel') return []
  const created = customizeRelease(environment, inputs)
  return [created, uploadCustomized(environment, inputs, created.outputs['cfcr-release'])]
}

/** What needs CF: its workers join CF's network. */
export function deployKubernetes({ record }: Environment, inputs: CommonArtifacts, manifest: Artifact): Step {
  const { state } = inputs
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const params = { ...iaasGiven(record), ...stateReadingGiven(record) }
  return inOrder([
    // Not beside CF's: of two that upload the same stemcell at a time, the Director refuses one.
    task(uploadStemcells, { inputs: { state, manifest }, params: { ...params, MANIFEST: 'cfcr.yml' } }),
    task(deployCfcr, { inputs: { state, 'cfcr-manifest': manifest }, params }),
    inParallel(
      [
        task(applyAddons, { inputs: { state }, params }),
        // Apps reach what CFCR's workers serve, whose addresses are known now.
        task(configureCf, { inputs: { state }, params: { ...params, SYSTEM_DOMAIN: record.system_domain } })
      ],
      { failFast: true }
    )
  ])
}

/** Waits until both are well several times in a row: ready once is not yet stable. */
export function settle({ record }: Environment, { causeway, toolbox, state }: CommonArtifacts): Step {
  const task = tasksFrom({ from: causeway, images: { toolbox } })
  return task(waitUntilStable, {
    inputs: { state },
    params: {
      ...iaasGiven(record),
      ...stateReadingGiven(record),
      SYSTEM_DOMAIN: record.system_domain,
      KUBERNETES_API: kubernetesApi,
      ...settlingGiven(record)
    }
  })
}

export function proveConnectivity(
  environment: Environment,
  inputs: CommonArtifacts
): TaskHandle<typeof testConnectivity> {
  const { record, versions } = environment
  const { repository, tag } = versions.images.probe
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  return task(testConnectivity, {
    inputs: { state: inputs.state },
    params: {
      ...iaasGiven(record),
      ...stateReadingGiven(record),
      SYSTEM_DOMAIN: record.system_domain,
      NETWORK: record.network.kind,
      KUBERNETES_API: kubernetesApi,
      PROBE_IMAGE: `${repository}:${tag}`
    }
  })
}

export default function cfcr(environment: Environment) {
  const { causeway, toolbox, state, kuboDeployment, kuboRelease } = resourcesOf(environment)
  const jobs = inTurn(environment, {
    name: 'deploy-cfcr',
    startsOn: { kuboDeployment, kuboRelease },
    plan: started => {
      const inputs = { causeway: get(causeway), toolbox: get(toolbox), state: get(state), ...started }
      const prepare = prepareKubernetes(environment, inputs)
      return [
        inParallel(Object.values(inputs)),
        // First, for it takes seconds to refuse what can't be deployed, and the release an hour to fetch its blobs.
        prepare,
        ...bringRelease(environment, inputs),
        deployKubernetes(environment, inputs, prepare.outputs['cfcr-manifest']),
        settle(environment, inputs),
        errandOf(environment, inputs, {
          DEPLOYMENT: 'cfcr',
          ERRAND: 'smoke-tests',
          // The job is on every master; one of them is enough.
          INSTANCE: 'master/first'
        }),
        proveConnectivity(environment, inputs)
      ]
    }
  })
  return pipeline('cfcr', { jobs })
}
