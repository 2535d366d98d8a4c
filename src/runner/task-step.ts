import { mkdir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { TaskStep } from '../concourse/model.ts'
import { exitCodes, UserError } from '../core/errors.ts'
import { failed, succeeded, type Ending } from './ending.ts'
import type { Frame } from './execute.ts'
import { findProgram } from './find-program.ts'
import type { StepJournal } from './journal.ts'
import { cutShort, runLeaf } from './leaf.ts'
import { baseEnvironment, type RunContext } from './run-context.ts'
import type { Scope } from './scope.ts'
import { TaskCaches } from './task-caches.ts'
import { loadTask, type LoadedTask } from './task-config.ts'
import { collect, layOut, mountPath } from './task-folder.ts'
import { keepCaches, mountsOf, placesOf } from './task-mounts.ts'
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
  const work = join(container, 'work')
  const home = join(container, 'home')
  const temporary = join(container, 'tmp')
  await guarded(container, () => Promise.all([home, temporary].map(folder => mkdir(folder))))
  const caches = new TaskCaches(run.cacheFolder, [run.build.pipeline, run.build.job, step.name])
  await layOut(work, await mountsOf(step, task.config, run.artifacts, caches), run.volumes)
  const { dir = '', path: program = '', args = [] } = task.config.run ?? {}
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
  const volumes = await collect(work, placesOf(task.config), run.volumes)
  registerOutputs(taskRun, volumes)
  await keepCaches(task.config, volumes, caches)
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

function registerOutputs({ run, step, task, journal }: TaskRun, volumes: ReadonlyMap<string, string>): void {
  for (const { name, path = name } of task.config.outputs ?? []) {
    const folder = volumes.get(mountPath(path))
    if (folder === undefined) continue
    const artifact = step.output_mapping?.[name] ?? name
    run.artifacts.register(artifact, { folder, image: false })
    journal.artifact(artifact)
  }
}
