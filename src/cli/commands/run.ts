import { randomBytes } from 'node:crypto'
import { dirname, join, relative } from 'node:path'
import { jobsInOrder } from '../../concourse/jobs-in-order.ts'
import { readPipeline } from '../../concourse/read.ts'
import { UserError } from '../../core/errors.ts'
import type { RunEvent } from '../../core/run-event.ts'
import type { EnvironmentRecord } from '../../environment/record.ts'
import { guardTeardown } from '../../environment/teardown/guard.ts'
import { buryDeadRuns } from '../../runner/dead-runs.ts'
import { checkJob, runJob } from '../../runner/run-job.ts'
import { createFiles } from '../../tools/files.ts'
import type { RunOptions } from '../options.ts'
import { outFolder, stateFolder, type CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import { labIfNeeded, withLab } from '../lab.ts'
import { refuseIfHeld } from '../lease.ts'
import { openTools } from '../open-tools.ts'
import { openProgress } from '../progress.ts'
import { sayEnd } from '../run-end.ts'
import { writeRunReport } from '../run-report.ts'
import { labIdentity } from '../state-identity.ts'
import { readValues } from '../variables.ts'
import { emitTo } from './emit.ts'
import { publishTo } from './publish.ts'

/** The job of an emitted pipeline that each command runs. */
const jobs = {
  repave: { pipeline: 'repave', jobs: ['repave'], destroys: true },
  teardown: { pipeline: 'teardown', jobs: ['teardown'], destroys: true },
  smoke: { pipeline: 'connectivity', jobs: ['test-connectivity'], destroys: false }
} as const

/** What of a pipeline is run. */
interface Wanted {
  /** What its runs are called by. @default each by its job */
  readonly command?: string
  readonly pipeline: string
  /** @default all, in the order in which they pass versions on */
  readonly jobs?: readonly string[]
  /** Whether the record alone may forbid it. */
  readonly destroys: boolean
}

/** What stays of a run when its volumes are gone. */
const kept = [
  'lease',
  'emptiness',
  'leftovers-stage',
  'cf-manifest',
  'cfcr-manifest',
  'connectivity',
  'evidence'
]

/** Runs the job that a command stands for on this machine, and says what came of it. Gives the exit code. */
export function runCommand(
  context: CliContext,
  command: keyof typeof jobs,
  name: string,
  options: RunOptions
): Promise<number> {
  return runWanted(context, { command, ...jobs[command] }, name, options)
}

/**
 * Runs all jobs of an emitted pipeline, each after those that pass something to it, up to the first that does not succeed. Gives its
 * exit code. Guards are those of the pipeline itself.
 */
export function runWholePipeline(
  context: CliContext,
  pipeline: string,
  name: string,
  options: RunOptions
): Promise<number> {
  return runWanted(context, { pipeline, destroys: false }, name, options)
}

async function runWanted(
  context: CliContext,
  { command, pipeline, jobs: wanted, destroys }: Wanted,
  name: string,
  options: RunOptions
): Promise<number> {
  const environment = await loadEnvironment(context, name)
  const values = new Map(await readValues(options.var, options.loadVarsFrom))
  if (options.protected !== undefined) values.set('confirm', options.protected)
  const { record } = environment
  if (destroys) refuseRecord(record, values.get('confirm'))
  const isLab = record.iaas === 'lab'
  const identity = isLab ? await labIdentity(context, record) : undefined
  const before = await labIfNeeded(context, environment)
  await refuseIfHeld(environment, openTools(context, before.env))
  for (const dead of await buryDeadRuns(runsFolder(context))) {
    context.err(
      `warning: run ${dead.run} was killed before it could clean up; its files are in ${runsFolder(context)}\n`
    )
  }
  return withLab(context, isLab, options.real, async env => {
    const tools = openTools(context, env)
    if (isLab) await publishTo(context, environment, tools)
    else await emitTo(context, name)
    const file = join(outFolder(context), 'pipelines', name, `${pipeline}.yml`)
    const text = await createFiles().readTextIfAny(file)
    if (text === undefined) throw await noPipeline(pipeline, dirname(file))
    const read = readPipeline(text, relative(context.root, file))
    const names = wanted ?? jobsInOrder(read.pipeline)
    const common = {
      pipeline: read.pipeline,
      path: env['PATH'] ?? context.env['PATH'] ?? '',
      vars: (path: string) => values.get(path) ?? (path === record.state.identity ? identity : undefined),
      redactor: context.redactor,
      // A Concourse fetches what was published; here the output folder is at hand, and newer.
      overrides: isLab ? {} : { causeway: outFolder(context) }
    }
    // One that can't be run would leave the lock claimed that a job before it has claimed.
    if (names.length > 1) for (const job of names) await checkJob({ ...common, job })
    for (const job of names) {
      const folder = join(runsFolder(context), runId(command ?? job, name))
      const events: RunEvent[] = []
      const progress = openProgress(context)
      const result = await runJob({
        ...common,
        pipelineName: pipeline,
        job,
        environment: record.name,
        dir: folder,
        cacheFolder: join(stateFolder(context), 'cache', 'tasks'),
        env,
        keep: kept,
        events: event => {
          events.push(event)
          progress.event(event)
        },
        signal: context.signal,
        hooksSignal: context.forced
      }).finally(() => progress.close())
      const report = await writeRunReport(folder, events, environment)
      const isLast = result.exitCode !== 0 || job === names.at(-1)
      await sayEnd(context, environment, result, { folder, report, env, options, isLast })
      if (result.exitCode !== 0) return result.exitCode
    }
    return 0
  })
}

async function noPipeline(name: string, folder: string): Promise<UserError> {
  const names = (await createFiles().list(folder)).map(file => file.replace(/\.yml$/, ''))
  return new UserError(
    'usage',
    `pipeline: found ${JSON.stringify(name)}, expected one of ${names.join(', ')}`
  )
}

/** Refuses (exit code 7) what the record alone forbids to destroy, before anything is begun; the pipeline's guards ask again. */
function refuseRecord(
  { name, iaas, topology, protected: isProtected }: EnvironmentRecord,
  confirm: unknown
): void {
  const params = {
    ENVIRONMENT: name,
    IAAS: iaas,
    TOPOLOGY: topology,
    PROTECTED: isProtected,
    CONFIRM: typeof confirm === 'string' ? confirm : undefined,
    ATC_EXTERNAL_URL: undefined
  }
  guardTeardown({ params, state: undefined, lease: undefined, hosts: [] })
}

function runsFolder(context: CliContext): string {
  return join(stateFolder(context), 'runs')
}

/** Sorts by time, reads at a glance, and is nobody else's: `20261123-130311-repave-lab-3f2a`. */
function runId(command: string, environment: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${time}-${command}-${environment}-${randomBytes(2).toString('hex')}`
}
