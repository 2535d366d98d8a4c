import { Duration } from '../core/duration.ts'
import { delay } from '../core/wait.ts'
import { readJson } from './json-file.ts'
import { labPaths } from './paths.ts'

/** What `<lab>/lab.json` says. */
export interface LabSettings {
  /** Length of the lab's waits: 1 as it was made, 0 none, 10 for a demonstration that people can follow. */
  readonly pace: number
  /** Which bbl is imitated: one on each side of its change of Terraform. @default 9.0.48 */
  readonly bbl?: BblVersion
  /** How long a task of a Director waits for a lock, in seconds. @default 10, as bosh v283 does */
  readonly lockSeconds?: number
  /** Whether connections between apps and pods are tried with real packets, and not worked out. @default false */
  readonly packets?: boolean
}

export type BblVersion = '8.4.40' | '9.0.48'

export const defaultSettings: LabSettings = { pace: 1 }

export function readSettings(lab: string): LabSettings {
  return { ...defaultSettings, ...(readJson(labPaths(lab).settings) as Partial<LabSettings> | undefined) }
}

/** Waits as long as an operation of the imitation cloud takes; at pace 0 not at all. */
export type Pace = (milliseconds: number, signal?: AbortSignal) => Promise<void>

export function paceOf({ pace }: LabSettings): Pace {
  return async (milliseconds, signal) => {
    signal?.throwIfAborted()
    if (pace > 0) await delay(Duration.milliseconds(milliseconds * pace), signal)
  }
}
