import type { Rule } from './rule.ts'

/** Said by a job's `serial` or `serial_groups` (concourse v8.3, atc/job_config.go, MaxInFlight). */
export const serialOverrides: Rule = {
  code: 'serial-overrides',
  summary: 'A job is serial, and says that more builds may run.',
  level: 'warning',
  job({ job, path }, report) {
    const { serial = false, serial_groups: groups = [], max_in_flight: most = 1 } = job
    if (most === 1 || (!serial && groups.length === 0)) return
    const key = serial ? 'serial' : 'serial_groups'
    report(`${path}.max_in_flight`, `found ${most} beside ${key}, which makes it 1`, {
      hint: `remove max_in_flight, or ${key}`
    })
  }
}
