import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { bblFolder, bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardedState, guardParams } from '../src/environment/teardown/guard.ts'
import { asIfChanged } from '../src/environment/teardown/machine-state.ts'
import { refuseBrokenOverrides } from '../src/environment/teardown/overrides.ts'
import { reachDirector } from '../src/environment/teardown/reach-director.ts'
import { asStage } from '../src/environment/teardown/stage.ts'
import {
  machines,
  refuseLostTerraform,
  wasDirectorMade
} from '../src/environment/teardown/state-knowledge.ts'
import { keepingState } from '../src/state/keep-state.ts'
import { checkMachineStates } from '../src/state/machine-states.ts'
import { openState } from '../src/state/open-state.ts'
import { stateParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'revive-director',
  doc: 'Sees to it that the Director answers, so that it can delete what it made: one that is half paved or dead is finished by bbl up, once.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    lease: { doc: '`lease.yml` of the claim; it must be for this environment.', optional: true }
  },
  outputs: {
    state: { doc: 'The state branch with a new commit, also when the task fails.' },
    'director-stage': { doc: '`stage.json`: how it ended.' }
  },
  params: { ...guardParams, ...iaasParams, ...stateParams },
  timeout: Duration.hours(1),
  async run({ inputs, outputs, params, published, tools, log }) {
    const { files } = tools
    await asStage(files, outputs['director-stage'], 'director', async () => {
      const state = await openState(tools, params, inputs.state)
      const before = await guardedState(files, state, params, inputs.lease)
      if (before === undefined) return { outcome: 'nothing', reason: 'it is not paved' }
      if (!(await wasDirectorMade(files, state)))
        return { outcome: 'nothing', reason: 'no Director was made' }
      if ((await reachDirector({ tools, log }, params, state)) !== undefined)
        return { outcome: 'done', reason: 'it answers' }
      await refuseLostTerraform(files, state)
      await refuseBrokenOverrides(files, state)
      await checkMachineStates(files, state)
      log.warn('the Director does not answer: finishing it by bbl up, so that it can delete what it made')
      const kept = { checkout: outputs.state, what: `revive ${params.ENVIRONMENT}` }
      const answers = await keepingState({ tools, log, params, published }, kept, async work => {
        const machine = `${bblFolder(work.state)}/${machines.director}`
        await files.writeSecret(machine, asIfChanged(await files.readText(machine)))
        await bblOf(tools, params, work.state).up()
        return (await reachDirector({ tools, log }, params, work.state)) !== undefined
      })
      if (answers) return { outcome: 'done', reason: 'bbl up brought it back' }
      throw new UserError('program', 'the Director does not answer after bbl up, expected it to', {
        hint: 'nothing: destroy-infrastructure deletes it without asking it'
      })
    })
  }
})
