import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { directorName } from '../src/environment/director-name.ts'
import { iaasParams } from '../src/environment/iaas-params.ts'
import { deleteAllDeployments } from '../src/environment/teardown/delete-deployments.ts'
import { guardedState, guardParams } from '../src/environment/teardown/guard.ts'
import { reachDirector } from '../src/environment/teardown/reach-director.ts'
import { asStage } from '../src/environment/teardown/stage.ts'
import { removeStaleCredentials } from '../src/environment/teardown/stale-credentials.ts'
import { wasDirectorMade } from '../src/environment/teardown/state-knowledge.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'delete-deployments',
  doc: 'Deletes every deployment and all that the Director still holds for them; fails where anything stays.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    lease: { doc: '`lease.yml` of the claim; it must be for this environment.', optional: true }
  },
  outputs: { 'deployments-stage': { doc: '`stage.json`: how it ended.' } },
  params: {
    ...guardParams,
    LOCK_WAIT_MINUTES: {
      doc: 'How long to wait for locks and running tasks of the Director.',
      type: 'number',
      default: 20
    },
    RETRY_PAUSE_SECONDS: {
      doc: 'How long to wait before a deletion is tried again.',
      type: 'number',
      default: 10
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, outputs, params, tools, log, signal }) {
    await asStage(tools.files, outputs['deployments-stage'], 'deployments', async () => {
      const state = await openState(tools, params, inputs.state)
      const paved = await guardedState(tools.files, state, params, inputs.lease)
      if (paved === undefined) return { outcome: 'nothing', reason: 'it is not paved' }
      const director = await reachDirector({ tools, log }, params, state)
      if (director === undefined) {
        if (!(await wasDirectorMade(tools.files, state)))
          return { outcome: 'nothing', reason: 'no Director was made' }
        throw new UserError('program', 'found no Director that answers, expected it to delete deployments', {
          hint: 'look for their VMs and disks in the report of sweep-leftovers'
        })
      }
      const gone = await deleteAllDeployments({
        bosh: director.bosh,
        client: director.access.env['BOSH_CLIENT'] ?? '',
        log,
        signal,
        patience: Duration.minutes(params.LOCK_WAIT_MINUTES),
        pause: Duration.seconds(params.RETRY_PAUSE_SECONDS)
      })
      await removeStaleCredentials({
        credhub: tools.credhub(director.access),
        director: directorName(params.ENVIRONMENT, params.IAAS),
        gone,
        isLastGone: true,
        log
      })
      return gone.length === 0
        ? { outcome: 'nothing', reason: 'there were no deployments' }
        : { outcome: 'done', reason: `${gone.join(', ')} are deleted` }
    })
  }
})
