import type { Job } from '../concourse/model.ts'
import type { Report, Rule } from './rule.ts'

export const invalidLogRetention: Rule = {
  code: 'invalid-log-retention',
  summary: 'A job keeps less than no log, fewer builds than it must, or says twice what it keeps.',
  level: 'error',
  job({ job, path }, report) {
    const { build_log_retention: retention, build_logs_to_retain: toRetain = 0 } = job
    if (retention !== undefined) checkRetention(retention, `${path}.build_log_retention`, report)
    const old = `${path}.build_logs_to_retain`
    if (retention !== undefined && toRetain !== 0) {
      report(old, `found ${toRetain} beside build_log_retention, expected one of the two`, {
        hint: 'remove it'
      })
    } else if (toRetain < 0) report(old, `found ${toRetain}, expected no less than 0, which keeps all`)
  }
}

function checkRetention(
  retention: NonNullable<Job['build_log_retention']>,
  path: string,
  report: Report
): void {
  for (const key of ['days', 'builds', 'minimum_succeeded_builds'] as const) {
    const count = retention[key] ?? 0
    if (count < 0) report(`${path}.${key}`, `found ${count}, expected no less than 0, which sets no limit`)
  }
  const { builds = 0, minimum_succeeded_builds: minimum = 0 } = retention
  if (builds > 0 && minimum > builds) {
    report(`${path}.minimum_succeeded_builds`, `found ${minimum}, expected no more than builds, ${builds}`, {
      hint: 'raise builds, or lower this'
    })
  }
}
