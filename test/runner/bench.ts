import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type {
  Job,
  JsonObject,
  Pipeline,
  Resource,
  Step,
  TaskConfig,
  TaskStep
} from '../../src/concourse/model.ts'
import { Duration } from '../../src/core/duration.ts'
import { FindingsError, type Finding } from '../../src/core/finding.ts'
import type { RunEvent } from '../../src/core/run-event.ts'
import { runJob, type RunOptions, type RunResult } from '../../src/runner/run-job.ts'

/** PATH of what runs in tests: that of this machine, with the node that runs the tests. */
export const path = `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`

/** A folder of one test, gone when it is over. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-runner-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Told extends RunResult {
  readonly dir: string
  readonly events: readonly RunEvent[]
  /** Lines that the steps of a name have put out, in the order in which they came. */
  readonly output: (name: string) => readonly string[]
  /** `<path> <outcome>` of each step that has ended, in the order of their ends. */
  readonly steps: readonly string[]
  /** Names of the tasks that have begun, in that order. */
  readonly tasks: readonly string[]
  readonly notices: readonly string[]
}

export type RunGiven = Partial<RunOptions> & { readonly resources?: readonly Resource[] }

/** Runs a plan, or a whole job, and gives what it told. */
export async function run(job: readonly Step[] | Omit<Job, 'name'>, given: RunGiven = {}): Promise<Told> {
  const dir = given.dir ?? join(await newFolder(), 'runs', 'r1')
  const { resources = [], ...options } = given
  const events: RunEvent[] = []
  const result = await runJob({
    pipeline: pipelineOf(job, resources),
    pipelineName: 'test',
    job: 'job',
    cacheFolder: join(dir, '..', 'cache'),
    path,
    killAfter: Duration.seconds(2),
    ...options,
    dir,
    events: event => {
      events.push(event)
      options.events?.(event)
    }
  })
  return { ...result, dir, events, ...readable(events) }
}

export function pipelineOf(
  job: readonly Step[] | Omit<Job, 'name'>,
  resources: readonly Resource[] = []
): Pipeline {
  const whole = 'plan' in job ? job : { plan: job }
  return { resources, jobs: [{ name: 'job', ...whole }] }
}

function readable(events: readonly RunEvent[]): Pick<Told, 'output' | 'steps' | 'tasks' | 'notices'> {
  const started = new Map(
    events.flatMap(event => (event.kind === 'step-started' ? [[event.step, event]] : []))
  )
  return {
    output: name =>
      events.flatMap(event =>
        event.kind === 'step-output' && started.get(event.step)?.name === name ? [event.text] : []
      ),
    steps: events.flatMap(event =>
      event.kind === 'step-finished' ? [`${started.get(event.step)?.path ?? '?'} ${event.outcome}`] : []
    ),
    tasks: events.flatMap(event =>
      event.kind === 'step-started' && event.stepKind === 'task' ? [event.name] : []
    ),
    notices: events.flatMap(event => (event.kind === 'notice' ? [event.message] : []))
  }
}

/** What the runner finds in a job that it refuses. */
export async function refused(
  job: readonly Step[] | Omit<Job, 'name'>,
  given: RunGiven = {}
): Promise<readonly Finding[]> {
  const dir = join(await newFolder(), 'r1')
  try {
    await run(job, { ...given, dir })
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    if (existsSync(dir)) throw new Error('the run has left something behind', { cause: thrown })
    return thrown.findings.filter(finding => finding.severity === 'error')
  }
  throw new Error('the job was not refused')
}

/** A task that runs a few lines of shell; outputs and inputs by name. */
export function sh(
  name: string,
  script: string,
  more: Omit<Partial<TaskStep>, 'config'> & {
    readonly inputs?: readonly string[]
    readonly outputs?: readonly string[]
  } = {}
): TaskStep {
  const { inputs = [], outputs = [], ...step } = more
  return {
    kind: 'task',
    name,
    config: {
      platform: 'linux',
      inputs: inputs.map(input => ({ name: input })),
      outputs: outputs.map(output => ({ name: output })),
      run: { path: 'sh', args: ['-ec', script] }
    },
    ...step
  }
}

/** A task with a config of its own. */
export function task(
  name: string,
  config: Partial<TaskConfig> & Pick<TaskConfig, 'run'>,
  more: Partial<TaskStep> = {}
): TaskStep {
  return { kind: 'task', name, config: { platform: 'linux', ...config }, ...more }
}

export function resource(name: string, type: string, source: JsonObject): Resource {
  return { name, type, source }
}

export function readEvents(dir: string): readonly RunEvent[] {
  const text = readFileSync(join(dir, 'events.jsonl'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as RunEvent)
}

/** Aborts as soon as an event says so. */
export function abortWhen(
  when: (event: RunEvent) => boolean,
  controller = new AbortController()
): { readonly signal: AbortSignal; readonly events: (event: RunEvent) => void } {
  return {
    signal: controller.signal,
    events: event => {
      if (when(event)) controller.abort()
    }
  }
}

/** Whether a step has put out this line. */
export function says(text: string): (event: RunEvent) => boolean {
  return event => event.kind === 'step-output' && event.text === text
}

/** Whether a process runs; one that has ended and that nobody has asked about yet does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
  } catch (thrown) {
    return existsSync(`/proc/${pid}`) && !String(thrown).includes('ESRCH')
  }
}
