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

const known = new WeakMap<Subject, ReadonlySet<string>>()

/** The resources that the pipeline puts as state; looked for once. */
function stateResources(subject: Subject): ReadonlySet<string> {
  const before = known.get(subject)
  if (before !== undefined) return before
  const resources = new Set(subject.steps.flatMap(({ step }) => statePutOf(step)?.resource ?? []))
  known.set(subject, resources)
  return resources
}
