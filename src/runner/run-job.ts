import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import type { Pipeline, ResourceVersion } from '../concourse/model.ts'
import { Duration } from '../core/duration.ts'
import { given } from '../core/given.ts'
import { Redactor } from '../core/redact.ts'
import type { RunEvent } from '../core/run-event.ts'
import { Artifacts } from './artifacts.ts'
import type { Cause } from './ending.ts'
import { executeJob, type Executor } from './execute.ts'
import { findProgram } from './find-program.ts'
import { runGet } from './get-step.ts'
import { Journal } from './journal.ts'
import { prepare, type Prepared } from './prepare.ts'
import { runPut } from './put-step.ts'
import type { RunContext } from './run-context.ts'
import { keepArtifacts, makeRunFolder, removeVolumes } from './run-folder.ts'
import { recordBegin, recordBreak, recordEnd, runEnd, type RunOutcome } from './run-record.ts'
import { Scope } from './scope.ts'
import { runTask } from './task-step.ts'
import { Variables, type VarLookup } from './variables.ts'
import { settleVersions } from './versions.ts'
import { Volumes } from './volumes.ts'

export interface RunOptions {
  readonly pipeline: Pipeline
  readonly pipelineName: string
  readonly job: string
  /** Which environment it is about, for whoever reads of the run. */
  readonly environment?: string
  /** Absolute. Folder of this run alone, `.causeway/runs/<id>`; its last part is the run's id. */
  readonly dir: string
  /** Absolute. Where caches of tasks are kept from run to run, `.causeway/cache/tasks`. */
  readonly cacheFolder: string
  /** PATH of tasks and of the programs of resources. */
  readonly path: string
  /** Further environment of both. */
  readonly env?: Readonly<Record<string, string>>
  /** Values of `((var))`s. Each text in them counts as a secret. @default none has a value */
  readonly vars?: VarLookup
  /** Knows secrets already, and learns those of the vars. @default a new one */
  readonly redactor?: Redactor
  /** Resource → absolute path of the folder that its gets take instead. */
  readonly overrides?: Readonly<Record<string, string>>
  /** Artifacts that stay in `<dir>/artifacts/<name>` when the run is over. */
  readonly keep?: readonly string[]
  readonly events?: (event: RunEvent) => void
  /** The first Ctrl-C: running steps end, and `on_abort` and `ensure` run. */
  readonly signal?: AbortSignal
  /** The second Ctrl-C: these hooks end too. */
  readonly hooksSignal?: AbortSignal
  /** How long a process may take to end in good order. @default 10 s, as in Concourse */
  readonly killAfter?: Duration
  readonly now?: () => Date
}

export interface RunResult {
  readonly run: string
  readonly outcome: RunOutcome
  /** 0; what the first failing task said by its exit code (2 to 7); 5 where time ran out; 130 after an abort; else 4. */
  readonly exitCode: number
  readonly took: Duration
  /** What went wrong first. */
  readonly failure?: Cause
  /** Kept artifacts: name → absolute path. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** What it takes to know whether a job can be run here. */
export type CheckOptions = Pick<RunOptions, 'pipeline' | 'job' | 'path' | 'vars' | 'redactor' | 'overrides'>

/** Throws as `runJob` would before anything has happened: for who runs several jobs, of which the first is not to be begun in vain. */
export async function checkJob(options: CheckOptions): Promise<void> {
  const variables = new Variables(options.vars ?? (() => undefined), options.redactor ?? new Redactor())
  const prepared = await prepare({ ...options, overrides: options.overrides ?? {} }, variables)
  await requirePrograms(prepared, options.path)
}

/**
 * Runs one job of a pipeline on this machine, as Concourse would run it. Throws a FindingsError with all that can't be run here,
 * and a UserError where the folder of the run can't be used or a program is missing, before anything has happened. What
 * steps do is told by the result, the events and the files of the run's folder.
 */
export async function runJob(options: RunOptions): Promise<RunResult> {
  const { dir, redactor = new Redactor() } = options
  const variables = new Variables(options.vars ?? (() => undefined), redactor)
  const prepared = await prepare({ ...options, overrides: options.overrides ?? {} }, variables)
  await requirePrograms(prepared, options.path)
  await makeRunFolder(dir)

  const start = performance.now()
  const scope = Scope.root(options.signal)
  const now = options.now ?? (() => new Date())
  const listener = options.events ?? (() => undefined)
  const journal = new Journal({ folder: dir, redactor, listener, now, onTrouble: () => scope.cancel() })
  const versions = new Map<string, ResourceVersion>()
  const context: RunContext = {
    artifacts: new Artifacts(),
    volumes: new Volumes(join(dir, 'volumes')),
    variables,
    journal,
    redactor,
    resources: prepared.resources,
    versions,
    background: Scope.root(options.hooksSignal),
    build: { pipeline: options.pipelineName, job: options.job, run: basename(dir), host: hostname() },
    ...given('environment', options.environment),
    path: options.path,
    env: options.env ?? {},
    cacheFolder: options.cacheFolder,
    killAfter: options.killAfter ?? Duration.seconds(10),
    now
  }
  const begun = await recordBegin(context, dir)
  try {
    for (const notice of prepared.notices) journal.notice(`${notice.path}: ${notice.message}`)
    const settled = await settleVersions(context, prepared.plan, scope, versions)
    const ending =
      settled.kind === 'succeeded' ? await executeJob(prepared.plan, { scope }, executorOf(context)) : settled
    const artifacts = await keepArtifacts(context, options)
    await removeVolumes(context)
    if (journal.trouble !== undefined) throw journal.trouble
    const end = runEnd(context, ending, artifacts, performance.now() - start)
    await recordEnd(context, dir, begun, end)
    return { ...end, run: begun.run, took: Duration.milliseconds(end.tookMillis) }
  } catch (thrown) {
    await removeVolumes(context)
    await recordBreak(context, dir, begun, thrown)
    throw thrown
  } finally {
    journal.close()
  }
}

/** A program that every resource needs is looked for before the first of them is touched. */
async function requirePrograms({ resources }: Prepared, path: string): Promise<void> {
  const used = [...resources.values()].filter(resource => resource.override === undefined)
  const programs = new Set(used.flatMap(({ type }) => type?.programs ?? []))
  for (const program of programs) await findProgram(program, path, '/')
}

function executorOf(context: RunContext): Executor {
  return {
    background: context.background,
    enclose: (title, frame, work) => context.journal.enclose(title, frame, work),
    leaf: (step, path, frame) => {
      switch (step.kind) {
        case 'get':
          return runGet(context, step, path, frame)
        case 'put':
          return runPut(context, step, path, frame)
        case 'task':
          return runTask(context, step, path, frame)
      }
    }
  }
}
