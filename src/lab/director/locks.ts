import { Duration } from '../../core/duration.ts'
import { delay } from '../../core/wait.ts'
import { DirectorError, unknownCode } from './director-error.ts'
import type { TaskJob } from './tasks.ts'

interface Held {
  readonly taskId: number
  readonly description: string
}

/** How long a lock lasts unless its holder renews it (bosh v283, lock.rb). */
const expirationSeconds = 240
const pause = Duration.milliseconds(100)

/** Locks by name, as `lock:deployment:cf`. They live in memory: the holder is a task of this process. */
export class Locks {
  readonly #patience: Duration
  readonly #held = new Map<string, Held>()

  constructor(patience: Duration) {
    this.#patience = patience
  }

  /** Does the work while it holds the lock. Throws the Director's error when somebody else holds it too long. */
  async hold<T>(name: string, task: TaskJob, work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#patience.milliseconds
    for (let holder = this.#held.get(name); holder !== undefined; holder = this.#held.get(name)) {
      if (performance.now() > deadline) {
        const by = `Locking task id is ${holder.taskId}, description: '${holder.description}'`
        throw new DirectorError(unknownCode, `Failed to acquire lock for ${name} uid: ${task.uid}. ${by}`)
      }
      await delay(pause, task.signal)
    }
    this.#held.set(name, { taskId: task.id, description: task.description })
    try {
      return await work()
    } finally {
      this.#held.delete(name)
    }
  }

  /** As `GET /locks` shows them. */
  list(): readonly object[] {
    const timeout = `${Math.floor(Date.now() / 1000) + expirationSeconds}.000000`
    return [...this.#held].map(([name, { taskId }]) => {
      const [, type = '', ...resource] = name.split(':')
      return { type, resource, timeout, task_id: String(taskId) }
    })
  }

  isHeld(name: string): boolean {
    return this.#held.has(name)
  }
}
