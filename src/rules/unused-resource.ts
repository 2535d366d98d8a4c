import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Concourse refuses it. An image that only an image_resource names does not count as used. */
export const unusedResource: Rule = {
  code: 'unused-resource',
  summary: 'A resource is used by no get or put.',
  level: 'error',
  pipeline({ pipeline, jobs }, report) {
    const used = new Set(jobs.flatMap(({ uses }) => [...uses]))
    if ([...used].some(hasVar)) return
    for (const { name } of pipeline.resources) {
      if (used.has(name) || hasVar(name)) continue
      report(`resources.${name}`, 'found no get or put of it, expected at least one', {
        hint: 'use it, or remove it'
      })
    }
  }
}
