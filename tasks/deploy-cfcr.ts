import { Duration } from '../src/core/duration.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
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
    ...iaasParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, params, tools }) {
    await guardNamed(tools.files, inputs.state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, inputs.state))
    await bosh.deploy('cfcr', { manifest: `${inputs['cfcr-manifest']}/cfcr.yml` })
  }
})
