import { defined } from '../core/given.ts'
import type { BuildLogRetention, Job, Step } from './model.ts'
import type { HookOptions } from './modifiers.ts'
import { remember } from './origin.ts'

export interface JobOptions extends HookOptions {
  /** Its name before, so that its builds stay. @since Concourse 5.2 */
  readonly oldName?: string
  /** Whether those who are not logged in see its build logs. @default false */
  readonly public?: boolean
  /** One build at a time. @default false */
  readonly serial?: boolean
  /** Of all jobs with such a word in common, one runs at a time. */
  readonly serialGroups?: readonly string[]
  /** How many builds may run at a time; `serial` and `serialGroups` make it 1. @default 0, no limit */
  readonly maxInFlight?: number
  /** Whether a worker that lands need not wait for its builds. @default false */
  readonly interruptible?: boolean
  /** Whether nobody may start it by hand. @default false */
  readonly disableManualTrigger?: boolean
  /** Whether nobody may run a build again. @default false @since Concourse 8.1 */
  readonly disableReruns?: boolean
  /** Of the workers that may run its steps. @since Concourse 8.3 */
  readonly tags?: readonly string[]
  readonly buildLogRetention?: BuildLogRetentionOptions
  /** Logs of the last builds. No longer: write `buildLogRetention: { builds: … }`. */
  readonly buildLogsToRetain?: number
}

/** Which of its build logs are kept; 0 sets no limit. */
export interface BuildLogRetentionOptions {
  /** Logs of builds younger than that. @default 0 */
  readonly days?: number
  /** Logs of the last builds. @default 0 */
  readonly builds?: number
  /** Of the kept builds, at least so many that succeeded. @default 0 */
  readonly minimumSucceededBuilds?: number
}

/** A job; the constant is what `passed` of a later job takes. */
export function job(name: string, plan: readonly Step[], options: JobOptions = {}): Job {
  const retention = options.buildLogRetention
  const made = defined<Job>({
    name,
    old_name: options.oldName,
    public: options.public,
    serial: options.serial,
    serial_groups: options.serialGroups,
    max_in_flight: options.maxInFlight,
    interruptible: options.interruptible,
    disable_manual_trigger: options.disableManualTrigger,
    disable_reruns: options.disableReruns,
    tags: options.tags,
    build_log_retention: retention && retentionOf(retention),
    build_logs_to_retain: options.buildLogsToRetain,
    plan,
    on_success: options.onSuccess,
    on_failure: options.onFailure,
    on_abort: options.onAbort,
    on_error: options.onError,
    ensure: options.ensure
  })
  remember(made, job, options.allow)
  return made
}

function retentionOf({ days, builds, minimumSucceededBuilds }: BuildLogRetentionOptions): BuildLogRetention {
  return defined<BuildLogRetention>({
    days: days,
    builds: builds,
    minimum_succeeded_builds: minimumSucceededBuilds
  })
}
