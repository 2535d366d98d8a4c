import { runJob } from '../../src/runner/run-job.ts'

/** A runner of its own, for tests that kill it: runs one task, and says `on` when the task does. */
const [dir = '', path = ''] = process.argv.slice(2)
await runJob({
  pipeline: {
    resources: [],
    jobs: [
      {
        name: 'job',
        plan: [
          {
            kind: 'task',
            name: 'a',
            config: {
              platform: 'linux',
              outputs: [{ name: 'x' }],
              run: { path: 'sh', args: ['-c', 'echo secret > x/file; echo on; sleep 5'] }
            }
          }
        ]
      }
    ]
  },
  pipelineName: 'test',
  job: 'job',
  dir,
  cacheFolder: `${dir}/cache`,
  path,
  events: event => {
    if (event.kind === 'step-output') process.stdout.write(`${event.text}\n`)
  }
})
