import { Duration } from '../src/core/duration.ts'
import { deployOnceMore } from '../src/environment/deploy-once-more.ts'
import { directorName } from '../src/environment/director-name.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { removeBeforeFresh } from '../src/environment/teardown/stale-credentials.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'deploy-cf',
  doc: 'Deploys cf-deployment from a prepared manifest.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'cf-deployment': { doc: 'cf-deployment at the pinned version.' },
    'cf-manifest': { doc: '`cf.yml`, made by prepare-cf.' }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(3),
  async run({ inputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const bosh = tools.bosh(access)
    await removeBeforeFresh({
      bosh,
      credhub: tools.credhub(access),
      director: directorName(params.ENVIRONMENT, params.IAAS),
      deployment: 'cf',
      log
    })
    // From inside the repository, because upstream's ops files may name files beside them.
    await deployOnceMore({ bosh, log, signal, pause: Duration.seconds(30) }, 'cf', {
      manifest: `${inputs['cf-manifest']}/cf.yml`,
      cwd: inputs['cf-deployment']
    })
  }
})
