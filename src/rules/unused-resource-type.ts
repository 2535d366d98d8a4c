import type { TaskConfig } from '../concourse/model.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'
import type { Subject } from './subject.ts'

/** Concourse still checks it for new images. Silent where a task file that is not at hand may take its image by it. */
export const unusedResourceType: Rule = {
  code: 'unused-resource-type',
  summary: 'A resource type is that of no resource, type or image.',
  level: 'warning',
  pipeline(subject, report) {
    const { resource_types: types = [] } = subject.pipeline
    if (types.length === 0) return
    const used = usedTypes(subject)
    if (used === undefined || [...used].some(hasVar)) return
    for (const { name } of types) {
      if (used.has(name) || hasVar(name)) continue
      report(`resource_types.${name}`, 'found nothing of this type, expected a resource, type or image', {
        hint: 'use it, or remove it'
      })
    }
  }
}

function usedTypes({ pipeline, steps, configOf }: Subject): ReadonlySet<string> | undefined {
  const { resource_types: types = [], prototypes = [], resources } = pipeline
  const used = new Set([...resources, ...prototypes].map(({ type }) => type))
  // A type whose image is of its own name means the one that Concourse brings along.
  for (const { name, type } of types) if (type !== name) used.add(type)
  for (const { step } of steps) {
    if (step.kind !== 'task' || step.image !== undefined) continue
    const config: TaskConfig | undefined = configOf(step)
    if (config === undefined) return undefined
    if (config.image_resource !== undefined) used.add(config.image_resource.type)
  }
  return used
}
