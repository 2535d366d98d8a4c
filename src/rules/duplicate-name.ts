import type { Report, Rule } from './rule.ts'

/** Concourse refuses two things of one name; resource types and prototypes share theirs. */
export const duplicateName: Rule = {
  code: 'duplicate-name',
  summary: 'Two jobs, resources, types, groups or var sources have one name.',
  level: 'error',
  pipeline({ pipeline }, report) {
    checkNames({ groups: pipeline.groups }, report)
    checkNames({ var_sources: pipeline.var_sources }, report)
    checkNames({ resource_types: pipeline.resource_types, prototypes: pipeline.prototypes }, report)
    checkNames({ resources: pipeline.resources }, report)
    checkNames({ jobs: pipeline.jobs }, report)
  }
}

type Sections = Readonly<Record<string, readonly { readonly name: string }[] | undefined>>

function checkNames(sections: Sections, report: Report): void {
  const firsts = new Map<string, { readonly section: string; readonly index: number }>()
  for (const [section, things = []] of Object.entries(sections)) {
    for (const [index, { name }] of things.entries()) {
      const first = firsts.get(name)
      if (first === undefined) firsts.set(name, { section, index })
      else {
        const place = `${first.section}[${first.index}]`
        const message = `found the name ${JSON.stringify(name)}, which ${place} has; expected another`
        report(`${section}[${index}]`, message, { hint: 'rename one of them' })
      }
    }
  }
}
