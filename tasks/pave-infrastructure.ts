import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { bblFolder, bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardIdentity, readBblState } from '../src/environment/identity.ts'
import { keepingState } from '../src/state/keep-state.ts'
import { checkMachineStates } from '../src/state/machine-states.ts'
import { stateParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'
import type { Files } from '../src/tools/files.ts'

export default defineTask({
  name: 'pave-infrastructure',
  doc: 'Paves network, jumpbox and Director with bbl, and proves that the Director answers. Safe to run again.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    bucc: { doc: 'BUCC, for a Director with Concourse, UAA and CredHub beside it.', optional: true }
  },
  outputs: { state: { doc: 'The state branch with a new commit, also when the task fails.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; bbl gives it to all that it makes.' },
    DIRECTOR: { doc: 'What kind of Director.', choices: ['bucc', 'plain'] },
    ...iaasParams,
    ...stateParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, outputs, params, published, tools, log }) {
    const kept = { checkout: outputs.state, what: `pave ${params.ENVIRONMENT}` }
    await keepingState({ tools, log, params, published }, kept, async ({ state, checkpoint }) => {
      const before = await readBblState(tools.files, state)
      if (before !== undefined) guardIdentity(before, params.ENVIRONMENT)
      const bbl = bblOf(tools, params, state)
      const folder = bblFolder(state)
      await tools.files.makeFolder(folder)
      await bbl.plan(params.ENVIRONMENT, 'concourse')
      if (params.DIRECTOR === 'bucc') await putBucc(tools.files, inputs.bucc, folder)
      // What the cloud is told to make from here on must be known elsewhere, too.
      await checkpoint('planned')
      await checkMachineStates(tools.files, state)
      await bbl.up()
      await checkpoint('up')
      const bosh = tools.bosh(await bbl.printEnv())
      log.info(`Director answers: ${(await bosh.deployments()).length} deployments`)
    })
  }
})

const overrides = ['create-director-override.sh', 'delete-director-override.sh']

/**
 * Puts BUCC into bbl's state directory as real files. bbl runs an override script only if it resolves, and deploys a
 * plain Director without a word if it does not (bbl v9.0.48, bosh/executor.go); so it is proved here.
 */
async function putBucc(files: Files, bucc: string | undefined, folder: string): Promise<void> {
  if (bucc === undefined) {
    throw new UserError('findings', 'inputs.bucc: found nothing, expected BUCC, because DIRECTOR is bucc')
  }
  await files.copyReal(bucc, `${folder}/bucc`)
  for (const script of overrides) {
    const from = `${folder}/bucc/bbl/${script}`
    if (!(await files.isExecutable(from))) {
      throw new UserError(
        'program',
        `${from}: found no executable script, expected BUCC's override for bbl`,
        {
          hint: 'check the BUCC version of the version set'
        }
      )
    }
    await files.copyReal(from, `${folder}/${script}`)
  }
}
