import { finding, type Rule } from './rule.ts'

/** A resource that no get or put uses: Concourse refuses it. */
export const unusedResource: Rule = function* ({ pipeline, jobs }) {
  const used = new Set(jobs.flatMap(({ uses }) => [...uses]))
  for (const { name } of pipeline.resources) {
    if (used.has(name)) continue
    yield finding({
      code: 'unused-resource',
      path: `resources.${name}`,
      message: 'found no get or put of it, expected at least one',
      hint: 'use it, or remove it'
    })
  }
}
