import { watch, type FSWatcher } from 'node:fs'
import { basename } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'

/** The folders that are watched, and whether anything happened in one of them. */
export class WatchedFolders {
  readonly #watchers = new Map<string, FSWatcher>()
  #happened = false
  #wake: () => void = () => undefined

  /** Watches these folders and no others. Gives true where one of them is new. */
  follow(folders: ReadonlySet<string>): boolean {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    const added = [...folders].filter(folder => !this.#watchers.has(folder))
    for (const folder of added) this.#add(folder)
    return added.some(folder => this.#watchers.has(folder))
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        // What is told of the folder itself: it is gone, or was moved, and another may come in its place.
        if (name === null || name === basename(folder)) this.#drop(folder)
        this.wake()
      })
      watcher.on('error', () => {
        this.#drop(folder)
        this.wake()
      })
      this.#watchers.set(folder, watcher)
    } catch (thrown) {
      const code = systemCodeOf(thrown)
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return
      throw new UserError(
        'program',
        `${folder}: ${code ?? 'an error'} when watching it, expected a folder that can be watched`,
        {
          hint: 'raise fs.inotify.max_user_watches and fs.inotify.max_user_instances',
          cause: thrown
        }
      )
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }

  wake(): void {
    this.#happened = true
    this.#wake()
  }

  /** Waits for anything to happen since it was waited for last. */
  async event(signal: AbortSignal): Promise<void> {
    if (!this.#happened && !signal.aborted) await new Promise<void>(done => (this.#wake = done))
    this.#happened = false
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }
}
