import { Duration } from '../src/core/duration.ts'
import { bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardIdentity, readBblState } from '../src/environment/identity.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'destroy-infrastructure',
  doc: 'Destroys Director, jumpbox and network with bbl. An environment that is not paved is done already.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  outputs: { state: { doc: 'The state branch with a new commit, also when the task fails.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    ...iaasParams
  },
  timeout: Duration.hours(1),
  async run({ outputs, params, tools, log }) {
    const before = await readBblState(tools.files, outputs.state)
    if (before === undefined) {
      log.info(`${params.ENVIRONMENT} is not paved: nothing to destroy`)
      return
    }
    guardIdentity(before, params.ENVIRONMENT)
    try {
      await bblOf(tools, params, outputs.state).down()
    } finally {
      await tools.git.open(outputs.state).commitAll(`destroy ${params.ENVIRONMENT}`)
    }
  }
})
