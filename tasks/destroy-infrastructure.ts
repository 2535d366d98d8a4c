import { Duration } from '../src/core/duration.ts'
import { bblFolder, bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardIdentity, readBblState } from '../src/environment/identity.ts'
import { keepingState } from '../src/environment/keep-state.ts'
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
    await keepingState({ tools, log }, outputs.state, `destroy ${params.ENVIRONMENT}`, async () => {
      const bbl = bblOf(tools, params, outputs.state)
      const isHalfPaved = await tools.files.exists(`${bblFolder(outputs.state)}/vars/bosh-state.json`)
      if (before.director === undefined && isHalfPaved) {
        // bbl keeps an empty section for a Director that failed to come up, and then passes over its VM (bbl v9.0.48,
        // bosh/manager.go): the VM would stay, and keep the network from being destroyed.
        log.warn('the Director never came up: finishing it, so that it can be deleted')
        await bbl.up()
      }
      await bbl.down()
    })
  }
})
