import type { ResourceVersion } from '../concourse/model.ts'
import type { Duration } from '../core/duration.ts'
import type { Redactor } from '../core/redact.ts'
import type { Artifacts } from './artifacts.ts'
import type { Journal } from './journal.ts'
import type { UsedResource } from './resources.ts'
import type { BuildNames } from './resources/resource-type.ts'
import type { Scope } from './scope.ts'
import type { Variables } from './variables.ts'
import type { Volumes } from './volumes.ts'

/** What the steps of one run share. */
export interface RunContext {
  readonly artifacts: Artifacts
  readonly volumes: Volumes
  readonly variables: Variables
  readonly journal: Journal
  readonly redactor: Redactor
  readonly resources: ReadonlyMap<string, UsedResource>
  /** What each get of the job fetches, by its path, settled before the first step. */
  readonly versions: ReadonlyMap<string, ResourceVersion>
  /** For what goes on when a step has been aborted. */
  readonly background: Scope
  readonly build: Omit<BuildNames, 'step'>
  /** Which environment the run is about, where that was said. */
  readonly environment?: string
  /** PATH of tasks and of the programs of resources. */
  readonly path: string
  /** Further variables of their environment. */
  readonly env: Readonly<Record<string, string>>
  /** Where caches of tasks are kept from run to run. */
  readonly cacheFolder: string
  /** How long a process may take to end in good order. */
  readonly killAfter: Duration
  readonly now: () => Date
}

/** The environment that tasks and resources begin with. Nothing of the user's own comes in. */
export function baseEnvironment(
  context: RunContext,
  home: string,
  temporary: string
): Record<string, string> {
  return {
    LANG: 'C.UTF-8',
    PATH: context.path,
    ...context.env,
    HOME: home,
    TMPDIR: temporary
  }
}
