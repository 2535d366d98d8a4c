import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepOutcome } from '../core/run-event.ts'
import { guarded } from './volumes.ts'

/** `run.json`: what a run was and how it ended. While it says `running`, the process that it names must be alive. */
export interface RunFile {
  readonly run: string
  readonly pipeline: string
  readonly job: string
  readonly state: 'running' | 'finished' | 'died'
  readonly pid: number
  readonly host: string
  /** ISO 8601, UTC; so is `finishedAt`. */
  readonly startedAt: string
  readonly finishedAt?: string
  readonly outcome?: StepOutcome
  readonly exitCode?: number
  readonly tookMillis?: number
  /** Path of the step that failed first. */
  readonly firstFailure?: string
  readonly message?: string
  /** Kept artifacts: name → folder in the run's. */
  readonly artifacts?: Readonly<Record<string, string>>
}

const fileName = 'run.json'

/** Writes the file whole: who reads it sees the old one or the new one. */
export async function writeRunFile(folder: string, content: RunFile): Promise<void> {
  const path = join(folder, fileName)
  await guarded(path, async () => {
    await writeFile(`${path}.half`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 })
    await rename(`${path}.half`, path)
  })
}

/** The run of a folder; undefined where there is none that can be read. */
export async function readRunFile(folder: string): Promise<RunFile | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, fileName), 'utf8')) as RunFile
  } catch {
    return undefined
  }
}
