import type { Finding } from '../core/finding.ts'
import { finding, type Rule } from './rule.ts'

/** Two jobs, resources, types or groups of one name: Concourse refuses them. */
export const duplicateName: Rule = function* ({ pipeline }) {
  yield* duplicates('groups', pipeline.groups ?? [])
  yield* duplicates('resource_types', pipeline.resource_types ?? [])
  yield* duplicates('resources', pipeline.resources)
  yield* duplicates('jobs', pipeline.jobs)
}

function* duplicates(section: string, things: readonly { readonly name: string }[]): Iterable<Finding> {
  const firsts = new Map<string, number>()
  for (const [index, { name }] of things.entries()) {
    const first = firsts.get(name)
    if (first === undefined) firsts.set(name, index)
    else {
      yield finding({
        code: 'duplicate-name',
        path: `${section}[${index}]`,
        message: `found the name ${JSON.stringify(name)}, which ${section}[${first}] has; expected another`,
        hint: 'rename one of them'
      })
    }
  }
}
