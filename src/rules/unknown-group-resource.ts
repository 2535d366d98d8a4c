import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import { openNames } from './open-names.ts'
import type { Rule } from './rule.ts'

/** Resources of groups are names, never globs. Silent where a name holds a var. */
export const unknownGroupResource: Rule = {
  code: 'unknown-group-resource',
  summary: 'A group names no resource of the pipeline.',
  level: 'error',
  pipeline(subject, report) {
    const { pipeline, resourcesByName } = subject
    if (openNames(subject).resources) return
    for (const group of pipeline.groups ?? []) {
      for (const [index, name] of (group.resources ?? []).entries()) {
        if (resourcesByName.has(name) || hasVar(name)) continue
        const meant = nearestName(name, resourcesByName.keys())
        report(
          `groups.${group.name}.resources[${index}]`,
          `found the resource ${JSON.stringify(name)}, expected one that the pipeline has`,
          { hint: meant === undefined ? 'remove it, or add the resource' : `write ${meant}` }
        )
      }
    }
  }
}
