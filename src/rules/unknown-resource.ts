import { nearestName } from '../core/nearest.ts'
import { finding, type Rule } from './rule.ts'
import { isGetOrPut, resourceNameOf } from './subject.ts'

/** A get or put of a resource that the pipeline does not have. */
export const unknownResource: Rule = function* ({ steps, resourcesByName }) {
  for (const { step, path } of steps) {
    if (!isGetOrPut(step)) continue
    const name = resourceNameOf(step)
    if (resourcesByName.has(name)) continue
    const meant = nearestName(name, resourcesByName.keys())
    yield finding({
      code: 'unknown-resource',
      path: step.resource === undefined ? path : `${path}.resource`,
      message: `found the resource ${JSON.stringify(name)}, expected one that the pipeline has`,
      hint: meant === undefined ? 'add it to the resources' : `write ${meant}`
    })
  }
}
