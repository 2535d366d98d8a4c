import { nearestName } from '../core/nearest.ts'
import type { Report, Rule } from './rule.ts'
import type { Subject } from './subject.ts'
import { varsInSections, varsInSteps, type VarUse } from './var-uses.ts'

/** fly gives no value to a var with a source, and Concourse stops where it has none of the name. */
export const unknownVarSource: Rule = {
  code: 'unknown-var-source',
  summary: 'A var is of a var source that the pipeline does not have.',
  level: 'error',
  pipeline(subject, report) {
    for (const use of varsInSections(subject)) checkSource(use, subject, report)
  },
  job(job, report, subject) {
    for (const use of varsInSteps(job, subject)) checkSource(use, subject, report)
  }
}

function checkSource({ reference, path, place }: VarUse, { pipeline }: Subject, report: Report): void {
  const { source, name } = reference
  if (place !== 'build' || source === undefined || source === '.') return
  const names = (pipeline.var_sources ?? []).map(one => one.name)
  // What a var makes of a name is not known.
  if (names.some(one => one === source || one.includes('(('))) return
  const meant = nearestName(source, names)
  report(path, `found ((${name})), expected a var source of the pipeline before the colon`, {
    hint: meant === undefined ? `add ${source} to var_sources, or leave it out` : `write ${meant}`
  })
}
