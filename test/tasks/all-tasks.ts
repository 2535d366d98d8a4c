import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskSignature } from '../../src/concourse/signature.ts'
import type { AnyTask } from '../../src/task/run-task.ts'

const folder = join(import.meta.dirname, '..', '..', 'tasks')

/** Every task of the checkout, by the name of its file. */
export async function taskSignatures(): Promise<Map<string, TaskSignature>> {
  const tasks = new Map<string, TaskSignature>()
  for (const file of (await readdir(folder)).sort()) {
    const module = (await import(join(folder, file))) as { default: TaskSignature }
    tasks.set(file.replace(/\.ts$/, ''), module.default)
  }
  return tasks
}

/** As `taskSignatures`, to be run. */
export async function runnableTasks(): Promise<Map<string, AnyTask>> {
  const tasks = new Map<string, AnyTask>()
  for (const [name, task] of await taskSignatures()) if (isRunnable(task)) tasks.set(name, task)
  return tasks
}

function isRunnable(task: TaskSignature): task is AnyTask {
  return 'run' in task && typeof task.run === 'function'
}
