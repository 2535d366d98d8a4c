import { Duration } from '../src/core/duration.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'run-errand',
  doc: 'Runs an errand of a deployment to its end, and fails where it fails; it is not tried again.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    DEPLOYMENT: { doc: 'The deployment that has the errand.' },
    ERRAND: { doc: 'Name of the errand: of its job, or of an instance group.' },
    INSTANCE: {
      doc: 'The instance that runs it, e.g. `master/first`; without one, every instance that has the job does.',
      optional: true
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, params, tools }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, state))
    const { INSTANCE: instance } = params
    await bosh.runErrand(params.DEPLOYMENT, params.ERRAND, instance === undefined ? {} : { instance })
  }
})
