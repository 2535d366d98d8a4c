import { Duration } from '../src/core/duration.ts'
import { bblOf, iaasEnvironment, iaasParams } from '../src/environment/iaas-params.ts'
import { destroyAll } from '../src/environment/teardown/destroy.ts'
import { guardedState, guardParams, ownerOf } from '../src/environment/teardown/guard.ts'
import { refuseBrokenOverrides } from '../src/environment/teardown/overrides.ts'
import { reachDirector } from '../src/environment/teardown/reach-director.ts'
import { asStage } from '../src/environment/teardown/stage.ts'
import { refuseLostTerraform } from '../src/environment/teardown/state-knowledge.ts'
import { keepingState } from '../src/state/keep-state.ts'
import { checkMachineStates } from '../src/state/machine-states.ts'
import { stateParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'destroy-infrastructure',
  doc: 'Destroys Director, jumpbox and network with bbl, past a Director that is dead. An environment that is not paved is done already.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    lease: { doc: '`lease.yml` of the claim; it must be for this environment.', optional: true }
  },
  outputs: {
    state: { doc: 'The state branch with a new commit, also when the task fails.' },
    'infrastructure-stage': { doc: '`stage.json`: how it ended.' }
  },
  params: {
    ...guardParams,
    MAX_DELETIONS: {
      doc: 'The most things that may be swept out of the way of bbl; more of them are left, and the task fails.',
      type: 'number',
      default: 150
    },
    RETRY_PAUSE_SECONDS: {
      doc: 'How long to wait before bbl is tried again on a network that is still in use.',
      type: 'number',
      default: 120
    },
    ...iaasParams,
    ...stateParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, outputs, params, published, tools, log, signal }) {
    const { files } = tools
    await asStage(files, outputs['infrastructure-stage'], 'infrastructure', async () => {
      const kept = { checkout: outputs.state, what: `destroy ${params.ENVIRONMENT}`, destroys: true }
      return keepingState({ tools, log, params, published }, kept, async ({ state, checkpoint }) => {
        const before = await guardedState(files, state, params, inputs.lease)
        if (before === undefined) return { outcome: 'nothing', reason: 'it is not paved' }
        await refuseLostTerraform(files, state)
        await refuseBrokenOverrides(files, state)
        await checkMachineStates(files, state)
        const reached = await reachDirector({ tools, log }, params, state)
        const director = {
          answers: reached !== undefined,
          deployments: (await reached?.bosh.deployments()) ?? []
        }
        const work = {
          bbl: bblOf(tools, params, state),
          cloud: await tools.cloud(iaasEnvironment(params)),
          files,
          log,
          signal,
          state,
          owner: ownerOf(params),
          most: params.MAX_DELETIONS,
          pause: Duration.seconds(params.RETRY_PAUSE_SECONDS),
          checkpoint
        }
        await destroyAll(work, before, director)
        return { outcome: 'done', reason: 'Director, jumpbox and network are destroyed' }
      })
    })
  }
})
