import type { EnvironmentRecord } from './record.ts'
import type { VersionSet } from './version-set.ts'

/** A record with the versions that it names: all that a pipeline is a function of. */
export interface Environment {
  readonly record: EnvironmentRecord
  readonly versions: VersionSet
}
