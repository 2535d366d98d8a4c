import { mkdir, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import type { Pipeline, ResourceVersion } from '../concourse/model.ts'
import { Duration } from '../core/duration.ts'
import { exitCodes, messageOf, UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { Redactor } from '../core/redact.ts'
import type { RunEvent, StepOutcome } from '../core/run-event.ts'
import { Artifacts } from './artifacts.ts'
import { abortedExitCode, causeOf, outcomeOf, type Cause, type Ending } from './ending.ts'
import { executeJob, type Executor } from './execute.ts'
import { findProgram } from './find-program.ts'
import { runGet } from './get-step.ts'
import { Journal } from './journal.ts'
import { prepare, type Prepared } from './prepare.ts'
import { runPut } from './put-step.ts'
import { writeRunFile, type RunFile } from './run-file.ts'
import type { RunContext } from './run-context.ts'
import { Scope } from './scope.ts'
import { runTask } from './task-step.ts'
import { Variables, type VarLookup } from './variables.ts'
import { settleVersions } from './versions.ts'
import { Volumes } from './volumes.ts'

export interface RunOptions {
  readonly pipeline: Pipeline
  readonly pipelineName: string
  readonly job: string
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

/** How a job ends. One whose step ran out of time has failed. */
export type RunOutcome = Exclude<StepOutcome, 'timed-out'>

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

/**
 * Runs one job of a pipeline on this machine, as Concourse would run it. Throws a FindingsError with all that can't be run here,
 * and a UserError where the folder of the run can't be used or a program is missing, before anything has happened. What
 * steps do is told by the result, the events and the files of the run's folder.
 */
export async function runJob(options: RunOptions): Promise<RunResult> {
  const redactor = new Redactor()
  const variables = new Variables(options.vars ?? (() => undefined), redactor)
  const prepared = await prepare({ ...options, overrides: options.overrides ?? {} }, variables)
  await requirePrograms(prepared, options.path)
  await makeRunFolder(options.dir)

  const now = options.now ?? (() => new Date())
  const scope = Scope.root(options.signal)
  const journal = new Journal({
    folder: options.dir,
    redactor,
    listener: options.events ?? (() => undefined),
    now,
    onTrouble: () => scope.cancel()
  })
  const volumes = new Volumes(join(options.dir, 'volumes'))
  const versions = new Map<string, ResourceVersion>()
  const context: RunContext = {
    artifacts: new Artifacts(),
    volumes,
    variables,
    journal,
    redactor,
    resources: prepared.resources,
    versions,
    background: Scope.root(options.hooksSignal),
    build: { pipeline: options.pipelineName, job: options.job, run: basename(options.dir), host: hostname() },
    path: options.path,
    env: options.env ?? {},
    cacheFolder: options.cacheFolder,
    killAfter: options.killAfter ?? Duration.seconds(10),
    now
  }
  const begun = await begin(context, options.dir)
  const start = performance.now()
  try {
    for (const notice of prepared.notices) journal.notice(`${notice.path}: ${notice.message}`)
    const settled = await settleVersions(context, prepared.plan, scope, versions)
    const ending =
      settled.kind === 'succeeded' ? await executeJob(prepared.plan, { scope }, executorOf(context)) : settled
    const artifacts = await keepArtifacts(context, options)
    await removeVolumes(context)
    if (journal.trouble !== undefined) throw journal.trouble
    return await finish(context, options.dir, begun, ending, artifacts, performance.now() - start)
  } catch (thrown) {
    await removeVolumes(context)
    await writeRunFile(options.dir, { ...begun, ...brokenOff(thrown, now) }).catch(() => undefined)
    throw thrown
  } finally {
    journal.close()
  }
}

/** They hold secrets; if they can't go, people must know, but the run has ended as it has. */
async function removeVolumes({ volumes, journal }: RunContext): Promise<void> {
  await volumes.close().catch((thrown: unknown) => {
    journal.notice(`the volumes of the run could not be removed, and may hold secrets: ${messageOf(thrown)}`)
  })
}

/** What can still be said of a run that could not be brought to its end. */
function brokenOff(thrown: unknown, now: () => Date): Partial<RunFile> {
  const exitCode = thrown instanceof UserError ? thrown.exitCode : exitCodes.bug
  const finishedAt = now().toISOString()
  return { state: 'finished', outcome: 'errored', exitCode, message: messageOf(thrown), finishedAt }
}

/** A program that every resource needs is looked for before the first of them is touched. */
async function requirePrograms({ resources }: Prepared, path: string): Promise<void> {
  const used = [...resources.values()].filter(resource => resource.override === undefined)
  const programs = new Set(used.flatMap(({ type }) => type?.programs ?? []))
  for (const program of programs) await findProgram(program, path, '/')
}

async function makeRunFolder(dir: string): Promise<void> {
  const isUsed = await stat(join(dir, 'run.json')).then(
    () => true,
    () => false
  )
  if (isUsed) {
    throw new UserError('usage', `${dir}: found a run, expected a folder for a new one`, {
      hint: 'give each run a folder of its own'
    })
  }
  try {
    await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 })
    await mkdir(join(dir, 'volumes'), { mode: 0o700 })
  } catch (thrown) {
    throw new UserError('program', `${dir}: ${messageOf(thrown)}, expected a folder for a new run`, {
      hint: 'choose a folder that this user can write to, on a disk that has room',
      cause: thrown
    })
  }
}

async function begin({ journal, build, now }: RunContext, dir: string): Promise<RunFile> {
  const { pid } = process
  const file: RunFile = { ...build, state: 'running', pid, startedAt: now().toISOString() }
  await writeRunFile(dir, file)
  journal.emit({ kind: 'run-started', ...build, pid })
  return file
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

async function keepArtifacts(
  { artifacts, volumes }: RunContext,
  { dir, keep = [] }: RunOptions
): Promise<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const name of new Set(keep)) {
    const artifact = artifacts.find(name)
    if (artifact === undefined) continue
    kept[name] = join(dir, 'artifacts', name)
    await volumes.copy(artifact.folder, kept[name])
  }
  return kept
}

async function finish(
  { journal, redactor, now }: RunContext,
  dir: string,
  begun: RunFile,
  ending: Ending,
  artifacts: Record<string, string>,
  millis: number
): Promise<RunResult> {
  const stepOutcome = outcomeOf(ending)
  const outcome = stepOutcome === 'timed-out' ? 'failed' : stepOutcome
  const found = causeOf(ending)
  const failure = found === undefined ? undefined : { ...found, message: redactor.redact(found.message) }
  const exitCode = outcome === 'aborted' ? abortedExitCode : (failure?.exitCode ?? exitCodes.done)
  const tookMillis = Math.round(millis)
  const firstFailure = given('firstFailure', failure?.path)
  journal.emit({ kind: 'run-finished', outcome, exitCode, tookMillis, ...firstFailure })
  await writeRunFile(dir, {
    ...begun,
    state: 'finished',
    finishedAt: now().toISOString(),
    outcome,
    exitCode,
    tookMillis,
    ...firstFailure,
    ...given('message', failure?.message),
    artifacts
  })
  return {
    run: begun.run,
    outcome,
    exitCode,
    took: Duration.milliseconds(tookMillis),
    ...given('failure', failure),
    artifacts
  }
}
