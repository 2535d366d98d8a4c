import { once } from '../concourse/once.ts'
import type { Rule } from './rule.ts'
import { isStateName, statePutOf } from './state-puts.ts'
import { resourceNameOf, type Subject } from './subject.ts'

/** State changes whenever something is made, and while it is destroyed, too. Silent where more than state is kept there. */
export const triggerOnState: Rule = {
  code: 'trigger-on-state',
  summary: 'A job starts on each change of state that a job of the pipeline puts.',
  level: 'warning',
  step: {
    get({ step, path }, report, subject) {
      if (step.trigger !== true || (step.passed ?? []).length > 0) return
      const resource = resourceNameOf(step)
      if (!isStateName(resource) || !stateResources(subject).has(resource)) return
      report(
        `${path}.trigger`,
        'found a get that starts the job on each change of state, also a half-done one',
        {
          hint: 'drop trigger, or add the jobs to passed whose success is meant'
        }
      )
    }
  }
}

/** The resources that the pipeline puts as state; looked for once. */
const stateResources = once('state resources', ({ steps }: Subject): ReadonlySet<string> => {
  const resources = new Set<string>()
  for (const { step } of steps) {
    const put = statePutOf(step)
    if (put !== undefined) resources.add(put.resource)
  }
  return resources
})
