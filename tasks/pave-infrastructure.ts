import { Duration } from '../src/core/duration.ts'
import { bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { paveEnvironment } from '../src/environment/pave.ts'
import { keepingState } from '../src/state/keep-state.ts'
import { checkMachineStates } from '../src/state/machine-states.ts'
import { stateParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

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
    SYSTEM_DOMAIN: { doc: "Cloud Foundry's system domain, for its load balancers on aws, gcp and azure." },
    PLAN_PATCHES: {
      doc: 'Folders of `plan-patches/` that are copied between plan and up, in order.',
      type: 'list',
      default: []
    },
    PROVIDERS: { doc: "Versions of bbl's terraform providers by name, as a JSON object.", default: '{}' },
    ...iaasParams,
    ...stateParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, outputs, params, published, tools, log, signal }) {
    const kept = { checkout: outputs.state, what: `pave ${params.ENVIRONMENT}` }
    await keepingState({ tools, log, params, published }, kept, async ({ state, checkpoint }) => {
      await paveEnvironment({
        bbl: bblOf(tools, params, state),
        tools,
        log,
        signal,
        state,
        checkpoint,
        proveMachines: () => checkMachineStates(tools.files, state),
        published,
        environment: params.ENVIRONMENT,
        iaas: params.IAAS,
        director: params.DIRECTOR,
        bucc: inputs.bucc,
        systemDomain: params.SYSTEM_DOMAIN,
        patches: params.PLAN_PATCHES,
        providers: params.PROVIDERS
      })
    })
  }
})
