import { Duration } from '../core/duration.ts'
import type { Rule } from './rule.ts'

/** Concourse looks at it before it resolves any var (concourse v8.3, atc/task.go). */
export const invalidCacheTtl: Rule = {
  code: 'invalid-cache-ttl',
  summary: 'The ttl of a cache is no duration, or shorter than a second.',
  level: 'error',
  step: {
    task({ step, path }, report, { configOf }) {
      const at = step.config === undefined ? `${path}.file` : `${path}.config`
      for (const [index, { ttl = '' }] of (configOf(step)?.caches ?? []).entries()) {
        if (ttl === '' || isLongEnough(ttl)) continue
        const place = step.config === undefined ? at : `${at}.caches[${index}].ttl`
        const isVar = ttl.includes('((')
        report(place, `found the ttl ${JSON.stringify(ttl)}, expected a duration of at least 1s`, {
          hint: isVar ? 'give fly a value for the var: Concourse resolves none here' : 'write e.g. 168h',
          ...(isVar ? { severity: 'warning' } : {})
        })
      }
    }
  }
}

function isLongEnough(ttl: string): boolean {
  const duration = Duration.tryParse(ttl)
  return duration !== undefined && duration.milliseconds >= 1000
}
