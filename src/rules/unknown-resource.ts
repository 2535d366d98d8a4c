import type { GetStep, PutStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { nearestName } from '../core/nearest.ts'
import { giveValue, hasVar, varOfFly } from './has-var.ts'
import { openNames } from './open-names.ts'
import type { Report, Rule } from './rule.ts'
import { resourceNameOf, type Subject } from './subject.ts'

/**
 * Of a name with a var fly may make any resource. Until it does, it takes the name as it is written, and refuses one that
 * no resource has (concourse v8.3, atc/step_validator.go). Silent where the name of a resource may become this one.
 */
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
  if (resourcesByName.has(name)) return
  const at = step.resource === undefined ? path : `${path}.resource`
  const message = `found the resource ${JSON.stringify(name)}, expected one that the pipeline has`
  const variable = varOfFly(name)
  if (variable !== undefined) {
    const hint = giveValue(variable)
    report(at, `${message}: fly refuses it without a value`, { hint, severity: 'warning' })
  } else if (hasVar(name) || !openNames(subject).resources) {
    const meant = nearestName(name, resourcesByName.keys())
    report(at, message, { hint: meant === undefined ? 'add it to the resources' : `write ${meant}` })
  }
}
