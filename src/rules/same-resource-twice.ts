import type { GetStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'
import { resourceNameOf } from './subject.ts'

/**
 * Each build of a job passes on one version by each of its inputs, so that two gets which share a job in `passed` are
 * bound to one build of it, and others to none (https://github.com/concourse/concourse/issues/652).
 */
export const sameResourceTwice: Rule = {
  code: 'same-resource-twice',
  summary: 'Two gets of a job fetch one resource, and ask for versions that passed other jobs.',
  level: 'warning',
  job({ steps }, report) {
    let firsts: Map<string, PlacedStep<GetStep>> | undefined
    for (const placed of steps) {
      const { step, path } = placed
      if (step.kind !== 'get' || step.passed === undefined || step.passed.length === 0) continue
      const resource = resourceNameOf(step)
      firsts ??= new Map()
      const first = firsts.get(resource)
      if (first === undefined) firsts.set(resource, { ...placed, step })
      else if (first.step.name !== step.name && !hasVar(resource) && differ(first.step, step)) {
        report(
          `${path}.passed`,
          `found other jobs than ${first.path} has for the same resource, so that no two versions may ever fit`,
          { hint: 'fetch it once, with the jobs of both' }
        )
      }
    }
  }
}

function differ({ passed: a = [] }: GetStep, { passed: b = [] }: GetStep): boolean {
  return [...a].sort().join('\n') !== [...b].sort().join('\n')
}
