import type { BuildLogRetention, Job } from '../concourse/model.ts'
import { call, object, optional, raw, text, type CallCode, type Code } from './code.ts'
import { optionalTexts } from './data-code.ts'
import type { Scope } from './scope.ts'
import { hookCode, stepsCode } from './step-code.ts'

/** The call that makes a job. */
export function jobDefinition(job: Job, scope: Scope): CallCode {
  const options = object({
    oldName: optional(job.old_name, text),
    public: optional(job.public, raw),
    serial: optional(job.serial, raw),
    serialGroups: optionalTexts(job.serial_groups),
    maxInFlight: optional(job.max_in_flight, raw),
    interruptible: optional(job.interruptible, raw),
    disableManualTrigger: optional(job.disable_manual_trigger, raw),
    disableReruns: optional(job.disable_reruns, raw),
    tags: optionalTexts(job.tags),
    buildLogRetention: optional(job.build_log_retention, retentionCode),
    buildLogsToRetain: optional(job.build_logs_to_retain, raw),
    onSuccess: optional(job.on_success, step => hookCode(step, 'onSuccess', scope)),
    onFailure: optional(job.on_failure, step => hookCode(step, 'onFailure', scope)),
    onAbort: optional(job.on_abort, step => hookCode(step, 'onAbort', scope)),
    onError: optional(job.on_error, step => hookCode(step, 'onError', scope)),
    ensure: optional(job.ensure, step => hookCode(step, 'ensure', scope))
  })
  const code = call('job', text(job.name), stepsCode(job.plan, scope), options)
  return { ...code, part: { sort: 'job', hint: job.name } }
}

function retentionCode({ days, builds, minimum_succeeded_builds: minimum }: BuildLogRetention): Code {
  return object({
    days: optional(days, raw),
    builds: optional(builds, raw),
    minimumSucceededBuilds: optional(minimum, raw)
  })
}
