import type { PlacedStep } from '../concourse/step-tree.ts'
import { poolLocks } from './locks.ts'
import type { Rule } from './rule.ts'

/**
 * Concourse skips versions between two builds unless it is told to build each. A lock that is claimed by its name can't
 * be claimed again before it is free, so that there is nothing to skip.
 */
export const lockVersionEvery: Rule = {
  code: 'lock-version-every',
  summary: 'A get takes over the last lock that was claimed, and may skip others.',
  level: 'warning',
  job(job, report, subject) {
    for (const { holders } of poolLocks(subject)) {
      const takeovers = holders.get(job)?.takeovers ?? []
      if (takeovers.length === 0) continue
      if ([...holders.values()].every(({ claims }) => claims.every(isByName))) continue
      for (const { step, path } of takeovers) {
        if (step.version !== undefined && step.version !== 'latest') continue
        report(
          path,
          'found a get of the latest claimed lock, expected each: of two that are claimed between two builds, one is lost',
          { hint: 'write version: every' }
        )
      }
    }
  }
}

function isByName({ step }: PlacedStep): boolean {
  return step.kind === 'put' && step.params?.['claim'] !== undefined
}
