import { Duration } from '../src/core/duration.ts'
import { retry } from '../src/core/wait.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'
import { ProgramFailed } from '../src/tools/exec.ts'

export default defineTask({
  name: 'apply-addons',
  doc: 'Runs the errand that puts DNS and metrics into the cluster; it is tried once more while the network settles.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    ERRAND: { doc: 'The errand of the cfcr deployment.', default: 'apply-specs' },
    RETRY_PAUSE_SECONDS: {
      doc: 'Seconds before the errand is tried once more.',
      type: 'number',
      default: 30
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(50),
  async run({ inputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, state))
    await retry(() => bosh.runErrand('cfcr', params.ERRAND), {
      tries: 2,
      pause: Duration.seconds(params.RETRY_PAUSE_SECONDS),
      // Images are pulled and DNS comes up while it runs (kubo-deployment#325), so its own deadline may be too short.
      when: thrown =>
        thrown instanceof ProgramFailed &&
        // bosh shows what an errand says on standard output.
        /exceeded its progress deadline/.test(`${thrown.message}\n${thrown.stdout}`),
      onRetry: () => log.warn(`${params.ERRAND} did not settle in time: running it once more`),
      signal
    })
  }
})
