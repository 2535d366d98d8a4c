import { Duration } from '../core/duration.ts'
import { isAbort } from '../core/errors.ts'
import { delay } from '../core/wait.ts'
import { lookAt, type Look } from './watched-files.ts'
import { WatchedFolders } from './watched-folders.ts'

export interface WatchOptions {
  /** Files, and folders with all that is below them. They need not be there yet. */
  readonly paths: readonly string[]
  /** Ends the watching. */
  readonly signal: AbortSignal
  /**
   * Called at once with nothing changed, when no change can be missed any more, and then with the files that were
   * created, changed or removed. While it runs it is not called again: what changes meanwhile comes in the next call.
   */
  readonly onChange: (changed: readonly string[]) => Promise<void>
  /** How long nothing may change before it is told: an editor and git write many files in a row. @default 60 ms */
  readonly settle?: Duration
}

/**
 * Watches until the signal is aborted. An event of the system only says that it is time to look; what has changed is
 * found by comparing what is there, since editors replace files, write and remove others beside them, and events get
 * lost. Folders are watched one by one: the recursive watch of Node 20 on Linux loses a file that is replaced.
 */
export async function watch({
  paths,
  signal,
  onChange,
  settle = Duration.milliseconds(60)
}: WatchOptions): Promise<void> {
  const watched = new WatchedFolders()
  const onAbort = (): void => watched.wake()
  signal.addEventListener('abort', onAbort)
  try {
    let seen = await look(paths, watched)
    let changed: readonly string[] = []
    for (;;) {
      if (signal.aborted) return
      await onChange(changed)
      do {
        await watched.event(signal)
        const before = seen
        seen = await settled(paths, watched, settle, signal)
        changed = differences(before, seen)
      } while (changed.length === 0)
    }
  } catch (thrown) {
    if (!isAbort(thrown)) throw thrown
  } finally {
    signal.removeEventListener('abort', onAbort)
    watched.close()
  }
}

/** What is there, once it stays the same for a while. */
async function settled(
  paths: readonly string[],
  watched: WatchedFolders,
  settle: Duration,
  signal: AbortSignal
): Promise<Look['files']> {
  for (let last = await look(paths, watched); ;) {
    await delay(settle, signal)
    const next = await look(paths, watched)
    if (differences(last, next).length === 0) return next
    last = next
  }
}

function differences(before: Look['files'], after: Look['files']): string[] {
  const files = new Set([...before.keys(), ...after.keys()])
  return [...files].filter(file => before.get(file) !== after.get(file)).sort()
}

/** Looks at all files, and watches all folders that they lie in. */
async function look(paths: readonly string[], watched: WatchedFolders): Promise<Look['files']> {
  for (;;) {
    const { files, folders } = await lookAt(paths)
    // A folder that was not watched yet may have changed before it was.
    if (!watched.follow(folders)) return files
  }
}
