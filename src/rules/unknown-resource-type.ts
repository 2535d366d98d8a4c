import { nearestName } from '../core/nearest.ts'
import { baseResourceTypes } from './base-resource-types.ts'
import { hasVar } from './has-var.ts'
import type { Report, Rule } from './rule.ts'

/** Workers may bring along types of their own; so this is a warning. */
export const unknownResourceType: Rule = {
  code: 'unknown-resource-type',
  summary: 'A type is neither one that Concourse brings along nor one that the pipeline declares.',
  level: 'warning',
  pipeline({ pipeline, steps, target }, report) {
    const { resource_types: types = [], prototypes = [], resources } = pipeline
    const declared = types.map(({ name }) => name)
    if (declared.some(hasVar)) return
    const base = new Set(baseResourceTypes(target))
    const known = new Set([...base, ...declared])
    for (const { name, type } of resources) checkType(type, known, `resources.${name}.type`, report)
    // The image of a type may be of any type but its own, which then is the one that Concourse brings along.
    for (const { name, type } of types) {
      const others = type === name ? base : known
      checkType(type, others, `resource_types.${name}.type`, report)
    }
    for (const { name, type } of prototypes) checkType(type, known, `prototypes.${name}.type`, report)
    for (const { step, path } of steps) {
      const type = step.kind === 'task' ? step.config?.image_resource?.type : undefined
      if (type !== undefined) checkType(type, known, `${path}.config.image_resource.type`, report)
    }
  }
}

function checkType(type: string, known: ReadonlySet<string>, path: string, report: Report): void {
  if (known.has(type) || hasVar(type)) return
  const meant = nearestName(type, known)
  report(
    path,
    `found ${JSON.stringify(type)}, expected a type that Concourse brings along or the pipeline declares`,
    {
      hint:
        meant === undefined
          ? 'add it to the resource_types'
          : `write ${meant}, or add it to the resource_types`
    }
  )
}
