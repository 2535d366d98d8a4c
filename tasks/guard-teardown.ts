import { Duration } from '../src/core/duration.ts'
import { iaasParams } from '../src/environment/iaas-params.ts'
import { guardedState, guardParams } from '../src/environment/teardown/guard.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'guard-teardown',
  doc: 'Refuses to destroy the wrong environment, a protected one, or the Concourse that runs this; tells all that speaks against it.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: { ...guardParams, IAAS: iaasParams.IAAS, ...stateReadingParams },
  timeout: Duration.minutes(5),
  async run({ inputs, params, tools, log }) {
    const plain = await openState(tools, params, inputs.state)
    const state = await guardedState(tools.files, plain, params, undefined)
    log.info(`${params.ENVIRONMENT} may be destroyed${state === undefined ? '; it is not paved' : ''}`)
  }
})
