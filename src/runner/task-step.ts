import { mkdir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { TaskConfig, TaskStep } from '../concourse/model.ts'
import { exitCodes, UserError } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { failed, succeeded, type Ending } from './ending.ts'
import type { Frame } from './execute.ts'
import { findProgram } from './find-program.ts'
import type { StepJournal } from './journal.ts'
import { cutShort, runLeaf } from './leaf.ts'
import { baseEnvironment, type RunContext } from './run-context.ts'
import type { Scope } from './scope.ts'
import { TaskCaches } from './task-caches.ts'
import { loadTask, type LoadedTask } from './task-config.ts'
import { collect, layOut, mountPath, type Mount } from './task-folder.ts'
import { runTaskProcess } from './task-process.ts'
import { guarded } from './volumes.ts'

/** Runs a task: lays out its folders, starts its program, and registers its outputs, whatever came of it. */
export function runTask(run: RunContext, step: TaskStep, path: string, frame: Frame): Promise<Ending> {
  return run.journal.step({ path, stepKind: 'task', name: step.name }, frame, journal =>
    runLeaf(path, frame.scope, step.timeout, async scope => {
      const task = await loadTask(step, run.artifacts, run.variables)
      task.notices.forEach(journal.notice)
      checkImage(run, step)
      const container = await run.volumes.make()
      try {
        return await runInContainer({ run, path, step, task, container, journal, scope })
      } finally {
        run.volumes.discard(container)
      }
    })
  )
}

interface TaskRun {
  readonly run: RunContext
  readonly path: string
  readonly step: TaskStep
  readonly task: LoadedTask
  /** Folder of this try alone. */
  readonly container: string
  readonly journal: StepJournal
  readonly scope: Scope
}

async function runInContainer(taskRun: TaskRun): Promise<Ending> {
  const { run, path, step, task, container, journal, scope } = taskRun
  const [work, home, temporary] = ['work', 'home', 'tmp'].map(name => join(container, name)) as [
    string,
    string,
    string
  ]
  await guarded(container, () => Promise.all([home, temporary].map(folder => mkdir(folder))))
  const caches = new TaskCaches(run.cacheFolder, run.build.job, step.name)
  await layOut(work, await mountsOf(run, step, task.config, caches), run.volumes)
  const { dir = '', path: program, args = [] } = task.config.run
  const folder = isAbsolute(dir) ? dir : join(work, mountPath(dir))
  const env = { ...baseEnvironment(run, home, temporary), ...task.params }
  const exitCode = await runTaskProcess({
    program: await findProgram(program, env['PATH'] ?? run.path, folder),
    args,
    folder,
    env,
    signal: scope.signal,
    killAfter: run.killAfter,
    line: journal.line
  })
  // What ended it is settled here; time that runs out while its outputs are gathered is no fault of the task.
  const { interruption } = scope
  await registerOutputs(taskRun, work, caches)
  if (interruption !== undefined) return cutShort(path, interruption)
  if (exitCode === 0) return succeeded
  return failed({
    path,
    message: `exit code ${exitCode}`,
    exitCode: runExitCode(exitCode),
    programExitCode: exitCode
  })
}

/** A task program of ours says by its code what kind of failure it was; all others have just failed. */
function runExitCode(exitCode: number): number {
  return exitCode > exitCodes.bug && exitCode <= exitCodes.refused ? exitCode : exitCodes.program
}

/** An image is not used here, but a step that names one must find it. */
function checkImage(run: RunContext, { image }: TaskStep): void {
  if (image === undefined || run.artifacts.find(image) !== undefined) return
  throw new UserError('findings', `image: found no artifact ${image}`, {
    hint: `get ${image}, or let a task make it, before this step`
  })
}

async function mountsOf(
  run: RunContext,
  step: TaskStep,
  { inputs = [], outputs = [], caches = [] }: TaskConfig,
  kept: TaskCaches
): Promise<readonly Mount[]> {
  const mounts = new Map<string, Mount>()
  const missing: string[] = []
  for (const { name, path = name, optional } of inputs) {
    const source = step.input_mapping?.[name] ?? name
    const artifact = run.artifacts.find(source)
    if (artifact === undefined && optional !== true) missing.push(source)
    if (artifact === undefined) continue
    if (artifact.image)
      throw new UserError('findings', `inputs: ${source} is an image, which is not fetched on this machine`)
    mounts.set(mountPath(path), { path: mountPath(path), volume: artifact.folder })
  }
  if (missing.length > 0) {
    throw new UserError('findings', `inputs: found no artifact ${missing.join(', ')}`, {
      hint: 'get it, or let a task make it, before this step'
    })
  }
  for (const { name, path = name } of outputs) {
    // An output at the place of an input continues it (concourse v8.3, atc/worker/gardenruntime/worker.go).
    const at = mountPath(path)
    if (!mounts.has(at)) mounts.set(at, { path: at })
  }
  for (const { path } of caches) {
    const at = mountPath(path)
    if (!mounts.has(at)) mounts.set(at, { path: at, ...given('volume', await kept.find(at)) })
  }
  return [...mounts.values()]
}

async function registerOutputs(
  { run, step, task, journal }: TaskRun,
  work: string,
  kept: TaskCaches
): Promise<void> {
  const { outputs = [], caches = [] } = task.config
  const outputPaths = outputs.map(({ name, path = name }) => mountPath(path))
  const cachePaths = caches.map(({ path }) => mountPath(path)).filter(path => !outputPaths.includes(path))
  const volumes = await collect(work, [...outputPaths, ...cachePaths], run.volumes)
  for (const { name, path = name } of outputs) {
    const folder = volumes.get(mountPath(path))
    if (folder === undefined) continue
    const artifact = step.output_mapping?.[name] ?? name
    run.artifacts.register(artifact, { folder, image: false })
    journal.artifact(artifact)
  }
  for (const path of cachePaths) {
    const folder = volumes.get(path)
    if (folder !== undefined) await kept.keep(path, folder)
  }
}
