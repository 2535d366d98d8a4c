import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { bblFolder, bblOf, iaasEnvironment, iaasParams } from '../src/environment/iaas-params.ts'
import { judgeEmptiness } from '../src/environment/teardown/emptiness.ts'
import { ownerOf } from '../src/environment/teardown/guard.ts'
import { lookAround } from '../src/environment/teardown/look-around.ts'
import { readStage, stageFile, type Stage } from '../src/environment/teardown/stage.ts'
import { presentStateFiles } from '../src/environment/teardown/state-knowledge.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { hidePastSecrets } from '../src/state/past-secrets.ts'
import { defineTask } from '../src/task/define.ts'

const stageInput = { doc: 'How a stage of the teardown ended.', optional: true } as const

/** Inputs that say how the stages ended. */
const stageInputs = {
  'director-stage': 'director',
  'kubernetes-stage': 'kubernetes-objects',
  'deployments-stage': 'deployments',
  'infrastructure-stage': 'infrastructure',
  'leftovers-stage': 'leftovers'
} as const satisfies Record<string, Stage>

export default defineTask({
  name: 'prove-empty',
  doc: 'Proves that nothing of the environment is left, neither in its state nor in the IaaS, and joins how the stages ended; fails where anything is.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'director-stage': stageInput,
    'kubernetes-stage': stageInput,
    'deployments-stage': stageInput,
    'infrastructure-stage': stageInput,
    'leftovers-stage': stageInput
  },
  outputs: {
    emptiness: {
      doc: '`verdict.json`: clean or not, what is left, what was not checked, how each stage ended.'
    }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(20),
  async run({ inputs, outputs, params, tools, log }) {
    const { files } = tools
    const { ENVIRONMENT: environment, IAAS: iaas } = params
    const state = await openState(tools, params, inputs.state)
    await hidePastSecrets({ tools, log }, params, inputs.state)
    const inState = (await presentStateFiles(files, state)).map(file => `state file ${file}`)
    // bbl refuses to look anywhere without a folder for its state.
    await files.makeFolder(bblFolder(state))
    const seen = await lookAround({
      cloud: await tools.cloud(iaasEnvironment(params)),
      bbl: bblOf(tools, params, state),
      owner: ownerOf(params),
      iaas
    })
    const stages = await Promise.all(
      Object.entries(stageInputs).map(async ([input, stage]) => {
        const folder = inputs[input as keyof typeof stageInputs]
        return readStage(
          stage,
          folder === undefined ? undefined : await files.readTextIfAny(`${folder}/${stageFile}`)
        )
      })
    )
    const left = [...inState, ...seen.left]
    const verdict = judgeEmptiness({ environment, left, notChecked: seen.notChecked, stages })
    await files.writeText(`${outputs.emptiness}/verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`)
    for (const { stage, outcome, reason } of stages) log.info(`${stage}: ${outcome}: ${reason}`)
    for (const { what, why } of seen.notChecked) log.warn(`not checked: ${what}: ${why}`)
    if (verdict.clean) {
      log.info(`${environment}: ${verdict.reason}`)
      return
    }
    throw new UserError('program', `${environment}: found ${verdict.reason}, expected nothing`, {
      hint: 'delete what was found, or tear down again'
    })
  }
})
