import { Duration } from '../src/core/duration.ts'
import { bblFolder, bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardIdentity, readBblState } from '../src/environment/identity.ts'
import { keepingState } from '../src/state/keep-state.ts'
import { checkMachineStates } from '../src/state/machine-states.ts'
import { stateParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'destroy-infrastructure',
  doc: 'Destroys Director, jumpbox and network with bbl. An environment that is not paved is done already.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  outputs: { state: { doc: 'The state branch with a new commit, also when the task fails.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    ...iaasParams,
    ...stateParams
  },
  timeout: Duration.hours(1),
  async run({ outputs, params, published, tools, log }) {
    const kept = { checkout: outputs.state, what: `destroy ${params.ENVIRONMENT}`, destroys: true }
    await keepingState({ tools, log, params, published }, kept, async ({ state }) => {
      const before = await readBblState(tools.files, state)
      if (before === undefined) {
        log.info(`${params.ENVIRONMENT} is not paved: nothing to destroy`)
        return
      }
      guardIdentity(before, params.ENVIRONMENT)
      await checkMachineStates(tools.files, state)
      const bbl = bblOf(tools, params, state)
      const isHalfPaved = await tools.files.exists(`${bblFolder(state)}/vars/bosh-state.json`)
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
