import type { GetStep, PutStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import { openNames } from './open-names.ts'
import type { Report, Rule } from './rule.ts'
import { resourceNameOf, type Subject } from './subject.ts'

/** Silent where a name holds a var: fly may make any resource of it. */
export const unknownResource: Rule = {
  code: 'unknown-resource',
  summary: 'A get or put is of a resource that the pipeline does not have.',
  level: 'error',
  step: { get: checkResource, put: checkResource }
}

function checkResource(
  { step, path }: PlacedStep<GetStep | PutStep>,
  report: Report,
  subject: Subject
): void {
  const { resourcesByName } = subject
  const name = resourceNameOf(step)
  if (resourcesByName.has(name) || hasVar(name) || openNames(subject).resources) return
  const meant = nearestName(name, resourcesByName.keys())
  report(
    step.resource === undefined ? path : `${path}.resource`,
    `found the resource ${JSON.stringify(name)}, expected one that the pipeline has`,
    { hint: meant === undefined ? 'add it to the resources' : `write ${meant}` }
  )
}
