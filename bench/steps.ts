import { spawnSync } from 'node:child_process'
import type { Pipeline, Step } from '../src/concourse/model.ts'
import type { RunEvent } from '../src/core/run-event.ts'
import { viewOf } from '../src/report/run-view.ts'
import { timingOf } from '../src/report/timing.ts'
import { runJob } from '../src/runner/run-job.ts'

/** How long the steps of the critical path of a run took together, in milliseconds. */
export function criticalPathMillis(events: readonly RunEvent[]): number {
  return timingOf(viewOf(events)).criticalMillis
}

/** Runs a job of steps that do next to nothing, and gives what the runner adds to each beyond starting its process. */
export async function timeSteps(
  dir: string
): Promise<{ readonly count: number; readonly overheadMillis: number }> {
  const count = 40
  const step = (index: number): Step => ({
    kind: 'task',
    name: `step-${index}`,
    config: {
      platform: 'linux',
      inputs: index === 0 ? [] : [{ name: 'work' }],
      outputs: [{ name: 'work' }],
      run: { path: 'true' }
    }
  })
  const steps = Array.from({ length: count }, (_, index) => step(index))
  const pipeline: Pipeline = { resources: [], jobs: [{ name: 'bench', plan: steps }] }
  const path = process.env['PATH'] ?? ''
  const bareStart = performance.now()
  for (let round = 0; round < count; round += 1) spawnSync('true')
  const bare = performance.now() - bareStart
  const options = { pipeline, pipelineName: 'bench', job: 'bench', dir, cacheFolder: `${dir}-cache`, path }
  const { took } = await runJob(options)
  return { count, overheadMillis: (took.milliseconds - bare) / count }
}
