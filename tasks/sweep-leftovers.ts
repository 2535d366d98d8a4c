import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { iaasEnvironment, iaasParams } from '../src/environment/iaas-params.ts'
import { guardedState, guardParams, ownerOf } from '../src/environment/teardown/guard.ts'
import { asStage } from '../src/environment/teardown/stage.ts'
import { knownToState, refuseLostTerraform } from '../src/environment/teardown/state-knowledge.ts'
import { sweep } from '../src/environment/teardown/sweep.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { hidePastSecrets } from '../src/state/past-secrets.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'sweep-leftovers',
  doc: "Deletes what is the environment's own in the IaaS and its state no longer knows: by label, by a name that paving gives, or by network.",
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    lease: { doc: '`lease.yml` of the claim; it must be for this environment.', optional: true }
  },
  outputs: {
    'leftovers-stage': { doc: '`stage.json`: how it ended; `report.txt`: each thing, its fate, and why.' }
  },
  params: {
    ...guardParams,
    MAX_DELETIONS: {
      doc: 'The most things that a sweep may delete; where there are more, nothing is deleted, and the task fails.',
      type: 'number',
      default: 150
    },
    DRY_RUN: { doc: 'Whether to say only what would be deleted.', type: 'boolean', default: false },
    RETRY_PAUSE_SECONDS: {
      doc: 'How long to wait before what could not be deleted is tried again.',
      type: 'number',
      default: 30
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, outputs, params, tools, log, signal }) {
    const folder = outputs['leftovers-stage']
    await asStage(tools.files, folder, 'leftovers', async () => {
      const state = await openState(tools, params, inputs.state)
      await hidePastSecrets({ tools, log }, params, inputs.state)
      await guardedState(tools.files, state, params, inputs.lease)
      await refuseLostTerraform(tools.files, state)
      const { lines, deleted, failed } = await sweep({
        cloud: await tools.cloud(iaasEnvironment(params)),
        owner: ownerOf(params),
        known: await knownToState(tools.files, state),
        most: params.MAX_DELETIONS,
        dryRun: params.DRY_RUN,
        passes: 3,
        pause: Duration.seconds(params.RETRY_PAUSE_SECONDS),
        report: text => tools.files.writeText(`${folder}/report.txt`, text),
        log,
        signal
      })
      if (failed.length > 0) {
        throw new UserError('program', `not deleted: ${failed.join('; ')}, expected them gone`, {
          hint: 'delete them by hand, or tear down again'
        })
      }
      const due = lines.filter(({ fate }) => fate === 'delete').length
      if (params.DRY_RUN && due > 0) return { outcome: 'done', reason: `${due} would be deleted` }
      return deleted.length === 0
        ? { outcome: 'nothing', reason: 'nothing was left over' }
        : { outcome: 'done', reason: `${deleted.length} leftovers are deleted` }
    })
  }
})
