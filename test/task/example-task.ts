import { Duration } from '../../src/core/duration.ts'
import { UserError } from '../../src/core/errors.ts'
import { delay } from '../../src/core/wait.ts'
import { main } from '../../src/task/main.ts'
import { defineTask } from '../../src/task/define.ts'

/** A task program for the tests of its process: what it does is said by its param. */
const task = defineTask({
  name: 'example-task',
  doc: 'Does what it is told.',
  image: 'toolbox',
  inputs: { state: { doc: 'A folder.' }, extra: { doc: 'Another.', optional: true } },
  outputs: { report: { doc: 'What was seen.' } },
  params: {
    DO: {
      doc: 'What to do.',
      choices: ['report', 'fail', 'refuse', 'break', 'wait', 'wait-for-program', 'show-secret']
    },
    KEY: { doc: 'A secret.', optional: true, secret: true }
  },
  timeout: Duration.seconds(2),
  async run({ inputs, outputs, params, tools, log, signal }) {
    switch (params.DO) {
      case 'report': {
        const seen = {
          state: await tools.files.list(inputs.state),
          extra: inputs.extra ?? null,
          key: params.KEY ?? null
        }
        await tools.files.writeText(`${outputs.report}/seen.json`, JSON.stringify(seen))
        break
      }
      case 'fail':
        await tools.git.open(inputs.state).head()
        break
      case 'refuse':
        throw new UserError('refused', 'lab: held by somebody', { hint: 'wait' })
      case 'break':
        throw new TypeError('a mistake of ours')
      case 'wait':
        await delay(Duration.minutes(1), signal)
        break
      case 'wait-for-program':
        await tools.bosh().version()
        break
      case 'show-secret':
        log.info(`the key is ${params.KEY ?? ''}`)
        throw new UserError('program', `bad key ${params.KEY ?? ''}`)
    }
  }
})

await main(task)
