import { matrix } from '../src/connectivity/matrix.ts'
import { formatResults, summaryOf } from '../src/connectivity/results.ts'
import { runMatrix } from '../src/connectivity/run-matrix.ts'
import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { resultsText, type MatrixResults } from '../src/core/matrix-results.ts'
import { cloudFoundryOf } from '../src/environment/cloud-foundry.ts'
import { clusterOf } from '../src/environment/cluster.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { directorName } from '../src/environment/director-name.ts'
import { formatVerdict } from '../src/environment/verdict.ts'
import { setUpProbes } from '../src/connectivity/probes.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'test-connectivity',
  doc: 'Runs the connectivity matrix between apps and pods; fails where a flow does not do what it should.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  outputs: {
    connectivity: { doc: '`results.json`, and `verdict.json`: clean where every cell did as expected.' }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    NETWORK: { doc: "The pods' network.", choices: ['silk', 'flannel'] },
    KUBERNETES_API: { doc: 'Where the Kubernetes API answers, e.g. `https://master.cfcr.internal:8443`.' },
    PROBE_IMAGE: { doc: 'The probe, as `<repository>:<tag>`.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(40),
  async run({ inputs, outputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const credhub = tools.credhub(access)
    const director = `/${directorName(params.ENVIRONMENT, params.IAAS)}`
    const cf = await cloudFoundryOf(tools, credhub, director, params.SYSTEM_DOMAIN)
    const kubeconfig = await clusterOf({
      credhub,
      files: tools.files,
      prefix: `${director}/cfcr`,
      server: params.KUBERNETES_API,
      folder: await tools.scratch('kube')
    })
    const probes = await setUpProbes({
      cf,
      kubectl: tools.kubectl(kubeconfig),
      image: params.PROBE_IMAGE,
      log,
      signal
    })
    try {
      const cells = await runMatrix(matrix, probes.prober, { network: params.NETWORK, signal })
      const results: MatrixResults = { environment: params.ENVIRONMENT, network: params.NETWORK, cells }
      const clean = cells.every(cell => cell.verdict !== 'fail')
      await tools.files.writeText(`${outputs.connectivity}/results.json`, resultsText(results))
      const verdict = { clean, reason: summaryOf(results) }
      await tools.files.writeText(`${outputs.connectivity}/verdict.json`, formatVerdict(verdict))
      log.info(formatResults(results))
      if (!clean) {
        throw new UserError('program', `connectivity: ${summaryOf(results)}`, {
          hint: `run the command of a failing cell by hand, or read ${outputs.connectivity}/results.json`
        })
      }
    } finally {
      await probes.remove()
    }
  }
})
