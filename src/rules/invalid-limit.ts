import type { Rule } from './rule.ts'

export const invalidLimit: Rule = {
  code: 'invalid-limit',
  summary: 'A limit is so low that nothing runs, or that it is none.',
  level: 'error',
  job({ job, path }, report) {
    const { serial = false, serial_groups: groups = [], max_in_flight: most = 0 } = job
    if (most >= 0 || serial || groups.length > 0) return
    report(`${path}.max_in_flight`, `found ${most}, with which no build ever starts; expected at least 1`, {
      hint: 'leave it out for no limit'
    })
  },
  step: {
    across({ step, path }, report) {
      for (const [index, { max_in_flight: most }] of step.across.entries()) {
        if (typeof most !== 'number' || most > 0) continue
        report(`${path}[${index}].max_in_flight`, `found ${most}, expected at least 1, or all`, {
          hint: 'write all for no limit'
        })
      }
    },
    in_parallel({ step: { limit = 0 }, path }, report) {
      if (limit >= 0) return
      report(`${path}.limit`, `found ${limit}, which sets no limit; expected at least 1`, {
        severity: 'warning',
        hint: 'leave it out for no limit'
      })
    }
  }
}
