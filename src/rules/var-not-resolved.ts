import type { Report, Rule } from './rule.ts'
import { acrossVarsRound, varsInJob, varsInSections, varsInSteps, type VarUse } from './var-uses.ts'

/**
 * fly may give the var a value with -v or -l before the pipeline is set. It gives none to a var with a source, which
 * then certainly stays.
 */
export const varNotResolved: Rule = {
  code: 'var-not-resolved',
  summary: 'A var stands where Concourse puts no value while the pipeline runs.',
  level: 'warning',
  pipeline(subject, report) {
    for (const use of varsInSections(subject)) if (use.place === 'nobody') tell(use, report)
  },
  job(job, report, subject) {
    for (const use of varsInJob(job)) tell(use, report)
    for (const use of varsInSteps(job, subject)) {
      if (use.place === 'build' || (use.place === 'across' && isOfAcross(use))) continue
      tell(use, report)
    }
  }
}

function isOfAcross({ reference: { source, path }, node }: ReturnType<typeof varsInSteps>[number]): boolean {
  return source === '.' && acrossVarsRound(node).some(one => one.var === path || one.var.includes('(('))
}

function tell({ reference, path, isName }: VarUse, report: Report): void {
  const isOfFly = reference.source === undefined
  report(path, `found ((${reference.name})), expected a value: Concourse resolves no var here`, {
    hint: isOfFly ? `give it to fly: -v ${reference.path}=…` : 'write the value itself',
    // A strange name breaks nothing yet.
    ...(isOfFly || isName ? {} : { severity: 'error' })
  })
}
