import { Duration } from '../../src/core/duration.ts'
import { keepingState } from '../../src/state/keep-state.ts'
import { stateParams } from '../../src/state/params.ts'
import { defineTask } from '../../src/task/define.ts'
import { main } from '../../src/task/main.ts'

/** A task that keeps state while one program works on it, as a process of its own. */
const task = defineTask({
  name: 'keep-state',
  doc: 'Lets bbl work on the state, and keeps it.',
  image: 'toolbox',
  inputs: { state: { doc: 'The state branch.' } },
  outputs: { state: { doc: 'The state branch, later.' } },
  params: { ENVIRONMENT: { doc: 'The environment.' }, ...stateParams },
  timeout: Duration.milliseconds(Number(process.env['DEADLINE_MILLIS'] ?? '60000')),
  async run({ outputs, params, published, tools, log }) {
    const kept = { checkout: outputs.state, what: 'pave lab' }
    await keepingState({ tools, log, params, published }, kept, async ({ state, checkpoint }) => {
      await tools.files.writeText(`${state}/bbl/planned`, 'yes')
      await checkpoint('planned')
      await tools.bbl({ stateDir: `${state}/bbl`, iaas: {} }).up()
    })
  }
})

await main(task)
