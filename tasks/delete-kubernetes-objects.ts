import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { clusterOf } from '../src/environment/cluster.ts'
import { directorName } from '../src/environment/director-name.ts'
import { iaasParams } from '../src/environment/iaas-params.ts'
import { deleteKubernetesObjects } from '../src/environment/teardown/delete-kubernetes.ts'
import { guardedState, guardParams } from '../src/environment/teardown/guard.ts'
import { reachDirector } from '../src/environment/teardown/reach-director.ts'
import { asStage } from '../src/environment/teardown/stage.ts'
import { wasDirectorMade } from '../src/environment/teardown/state-knowledge.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'delete-kubernetes-objects',
  doc: 'Deletes the load balancers and volumes that Kubernetes made in the IaaS, while its API still works; BOSH knows nothing of them.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    lease: { doc: '`lease.yml` of the claim; it must be for this environment.', optional: true }
  },
  outputs: { 'kubernetes-stage': { doc: '`stage.json`: how it ended.' } },
  params: {
    ...guardParams,
    DEPLOYMENT: { doc: 'The deployment of CFCR.', default: 'cfcr' },
    KUBERNETES_API: {
      doc: 'Where the Kubernetes API answers.',
      default: 'https://master.cfcr.internal:8443'
    },
    PATIENCE_MINUTES: {
      doc: 'How long the IaaS may take to delete load balancers and disks.',
      type: 'number',
      default: 15
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(30),
  async run({ inputs, outputs, params, tools, log, signal }) {
    await asStage(tools.files, outputs['kubernetes-stage'], 'kubernetes-objects', async () => {
      const state = await openState(tools, params, inputs.state)
      const paved = await guardedState(tools.files, state, params, inputs.lease)
      if (paved === undefined) return { outcome: 'nothing', reason: 'it is not paved' }
      if (!(await wasDirectorMade(tools.files, state)))
        return { outcome: 'nothing', reason: 'no Director was made' }
      const director = await reachDirector({ tools, log }, params, state)
      if (director === undefined) {
        throw new UserError('program', 'found no Director that answers, expected it to know the cluster', {
          hint: 'look for load balancers and disks of the cluster in the report of sweep-leftovers'
        })
      }
      if (!(await director.bosh.deployments()).includes(params.DEPLOYMENT))
        return { outcome: 'nothing', reason: `there is no deployment ${params.DEPLOYMENT}` }
      const kubeconfig = await clusterOf({
        credhub: tools.credhub(director.access),
        files: tools.files,
        prefix: `/${directorName(params.ENVIRONMENT, params.IAAS)}/${params.DEPLOYMENT}`,
        server: params.KUBERNETES_API,
        folder: await tools.scratch('kube')
      })
      const count = await deleteKubernetesObjects({
        kubectl: tools.kubectl(kubeconfig),
        log,
        signal,
        patience: Duration.minutes(params.PATIENCE_MINUTES)
      })
      return count === 0
        ? { outcome: 'nothing', reason: 'the cluster has made nothing in the IaaS' }
        : { outcome: 'done', reason: `${count} services and volumes are gone` }
    })
  }
})
