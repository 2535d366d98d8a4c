import { Duration } from '../src/core/duration.ts'
import { directorName } from '../src/environment/director-name.ts'
import { deployOnceMore } from '../src/environment/deploy-once-more.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { removeBeforeFresh } from '../src/environment/teardown/stale-credentials.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'deploy-cfcr',
  doc: "Deploys CFCR from a prepared manifest. Its workers join CF's SILK network, so CF must run already.",
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'cfcr-manifest': { doc: '`cfcr.yml`, made by prepare-cfcr.' }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const bosh = tools.bosh(access)
    await removeBeforeFresh({
      bosh,
      credhub: tools.credhub(access),
      director: directorName(params.ENVIRONMENT, params.IAAS),
      deployment: 'cfcr',
      log
    })
    await deployOnceMore({ bosh, log, signal, pause: Duration.seconds(30) }, 'cfcr', {
      manifest: `${inputs['cfcr-manifest']}/cfcr.yml`
    })
  }
})
