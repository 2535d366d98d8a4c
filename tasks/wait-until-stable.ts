import { Duration } from '../src/core/duration.ts'
import { untilStable } from '../src/core/wait.ts'
import { cloudFoundryOf } from '../src/environment/cloud-foundry.ts'
import { clusterOf } from '../src/environment/cluster.ts'
import { directorName } from '../src/environment/director-name.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { probePlayground } from '../src/environment/probe-playground.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'wait-until-stable',
  doc: 'Waits until CF and CFCR are well several times in a row; says what is not when time runs out.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    KUBERNETES_API: { doc: 'Where the Kubernetes API answers, e.g. `https://master.cfcr.internal:8443`.' },
    TIMES: { doc: 'How often in a row all must be well.', type: 'number', default: 5 },
    EVERY_SECONDS: { doc: 'Seconds between two looks.', type: 'number', default: 10 },
    DEADLINE_MINUTES: { doc: 'After how many minutes it gives up.', type: 'number', default: 20 },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const credhub = tools.credhub(access)
    const director = `/${directorName(params.ENVIRONMENT, params.IAAS)}`
    const kubeconfig = await clusterOf({
      credhub,
      files: tools.files,
      prefix: `${director}/cfcr`,
      server: params.KUBERNETES_API,
      folder: await tools.scratch('kube')
    })
    const playground = {
      bosh: tools.bosh(access),
      cf: await cloudFoundryOf(tools, credhub, director, params.SYSTEM_DOMAIN),
      kubectl: tools.kubectl(kubeconfig)
    }
    let isLoggedIn = false
    const look = async (): Promise<void> => {
      if (!isLoggedIn) await playground.cf.login()
      isLoggedIn = true
      await probePlayground(playground)
    }
    await untilStable(look, {
      what: `${params.ENVIRONMENT} to be well ${params.TIMES} times in a row`,
      times: params.TIMES,
      every: Duration.seconds(params.EVERY_SECONDS),
      deadline: Duration.minutes(params.DEADLINE_MINUTES),
      signal
    })
    log.info(`${params.ENVIRONMENT}: well ${params.TIMES} times in a row`)
  }
})
