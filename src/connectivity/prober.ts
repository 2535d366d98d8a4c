import type { Place, Target } from './matrix.ts'
import type { Places } from './places.ts'

/** How the ends of the flows are reached; a task gives it in terms of cf and kubectl. */
export interface Prober {
  readonly places: Places
  /** The command as a person can paste it. */
  lineOf(from: Place, argv: readonly string[]): string
  /** Runs a command in a place; gives what it put out. Throws where it fails. */
  run(from: Place, argv: readonly string[]): Promise<string>
  allow(from: Place, to: Target): Promise<void>
  forbid(from: Place, to: Target): Promise<void>
}
