import { Duration } from '../src/core/duration.ts'
import { messageOf } from '../src/core/errors.ts'
import { clusterEvidence } from '../src/environment/cluster-evidence.ts'
import { clusterOf } from '../src/environment/cluster.ts'
import { directorName } from '../src/environment/director-name.ts'
import { bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { readBblState } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

/** What is asked of the Director, and the file that it goes to. */
const questions: Readonly<Record<string, readonly string[]>> = {
  'deployments.json': ['deployments'],
  'instances.json': ['instances', '--details'],
  'tasks.json': ['tasks', '--recent', '--all'],
  'locks.json': ['locks'],
  'stemcells.json': ['stemcells'],
  'releases.json': ['releases'],
  'orphaned-disks.json': ['disks', '--orphaned']
}

export default defineTask({
  name: 'collect-evidence',
  doc: 'Collects what the Director knows, the logs of its deployments, those of the CNI among them, and nodes, pods and events of the cluster. What could not be had is listed, with the reason.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    connectivity: { doc: 'Results of the connectivity matrix.', optional: true }
  },
  outputs: {
    evidence: {
      doc: 'JSON of the Director and, in `cluster`, of Kubernetes, logs by deployment, `not-collected.txt`.'
    }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment.' },
    DEPLOYMENT: { doc: 'The deployment of CFCR.', default: 'cfcr' },
    KUBERNETES_API: {
      doc: 'Where the Kubernetes API answers.',
      default: 'https://master.cfcr.internal:8443'
    },
    LOGS: { doc: 'Whether to fetch the logs of the instances.', type: 'boolean', default: true },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(20),
  async run({ inputs, outputs, params, tools, log }) {
    const missing: string[] = []
    const gather = async (what: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work()
      } catch (thrown) {
        missing.push(`${what}: ${messageOf(thrown)}`)
      }
    }
    const write = (file: string, value: unknown) =>
      tools.files.writeText(`${outputs.evidence}/${file}`, `${JSON.stringify(value, null, 2)}\n`)

    await gather('connectivity', async () => {
      if (inputs.connectivity === undefined) throw new Error('the matrix did not run')
      await tools.files.copyReal(inputs.connectivity, `${outputs.evidence}/connectivity`)
    })
    await gather('the Director', async () => {
      const state = await openState(tools, params, inputs.state)
      const paved = await readBblState(tools.files, state)
      if (paved === undefined) throw new Error('the environment is not paved')
      await write('environment.json', paved)
      const access = await bblOf(tools, params, state).printEnv()
      const bosh = tools.bosh(access)
      for (const [file, args] of Object.entries(questions)) {
        await gather(`bosh ${args.join(' ')}`, async () => write(file, await bosh.table(args)))
      }
      const deployments = await bosh.deployments()
      if (deployments.includes(params.DEPLOYMENT)) {
        await gather('the cluster', async () => {
          const kubeconfig = await clusterOf({
            credhub: tools.credhub(access),
            files: tools.files,
            prefix: `/${directorName(params.ENVIRONMENT, params.IAAS)}/${params.DEPLOYMENT}`,
            server: params.KUBERNETES_API,
            folder: await tools.scratch('kube')
          })
          const kubectl = tools.kubectl(kubeconfig)
          for (const [type, of] of Object.entries(clusterEvidence)) {
            await gather(`kubectl get ${type}`, async () => {
              await write(`cluster/${type}.json`, (await kubectl.get(type)).map(of))
            })
          }
        })
      }
      for (const deployment of params.LOGS ? deployments : []) {
        await gather(`logs of ${deployment}`, async () => {
          const folder = `${outputs.evidence}/logs/${deployment}`
          await tools.files.makeFolder(folder)
          await bosh.logs(deployment, folder)
          await tools.unpackLogs(folder)
        })
      }
    })
    await tools.files.writeText(
      `${outputs.evidence}/not-collected.txt`,
      missing.map(line => `${line}\n`).join('')
    )
    log.info(
      `evidence of ${params.ENVIRONMENT}: ${missing.length === 0 ? 'all of it' : `without ${missing.length} parts`}`
    )
  }
})
