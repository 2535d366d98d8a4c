import type { Cloud } from '../cloud/cloud.ts'
import type { Credhub } from '../credhub/credhub.ts'
import type { ErrandOutcome, ErrandRun } from '../lab-service.ts'
import type { Pace } from '../pace.ts'
import type { Saved } from '../saved.ts'
import type { Blobs } from './blobs.ts'
import type { Locks } from './locks.ts'
import type { DirectorData } from './model.ts'
import type { Tasks } from './tasks.ts'

/** What the parts of one Director share. */
export interface DirectorContext {
  /** `bosh-<environment id>` */
  readonly name: string
  /** The lab's folder. */
  readonly lab: string
  readonly saved: Saved<DirectorData>
  readonly blobs: Blobs
  readonly tasks: Tasks
  readonly locks: Locks
  readonly credhub: Credhub
  readonly cloud: Cloud
  readonly pace: Pace
  /** Starts and closes the other services of the lab as the deployments now ask; resolves when they have followed. */
  readonly settle: () => Promise<void>
  /** Runs an errand on whatever service of the lab knows it. */
  readonly runErrand: (
    errand: Omit<ErrandRun, 'deployment'> & { deployment: string }
  ) => Promise<ErrandOutcome>
}
