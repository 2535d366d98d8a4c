import type { Report, Rule } from './rule.ts'
import type { Subject } from './subject.ts'
import { acrossVarsRound, varsInJob, varsInSections, varsInSteps, type VarUse } from './var-uses.ts'

/**
 * fly may give the var a value with -v or -l before the pipeline is set. While nothing is known of such values all are
 * taken to come; where some are, each var that is left is told once. fly gives none to a var with a source, which then
 * certainly stays.
 */
export const varNotResolved: Rule = {
  code: 'var-not-resolved',
  summary: 'A var stands where Concourse puts no value while the pipeline runs.',
  level: 'warning',
  pipeline(subject, report) {
    const ofFly = new Map<string, VarUse[]>()
    for (const use of usesNobodyResolves(subject)) {
      const { source, path } = use.reference
      if (source !== undefined) tellOfSource(use, report)
      if (source !== undefined || !subject.areVarsGiven) continue
      const uses = ofFly.get(path)
      if (uses === undefined) ofFly.set(path, [use])
      else uses.push(use)
    }
    for (const uses of ofFly.values()) tellOfFly(uses, report)
  }
}

function* usesNobodyResolves(subject: Subject): Iterable<VarUse> {
  for (const use of varsInSections(subject)) if (use.place === 'nobody') yield use
  for (const job of subject.jobs) {
    yield* varsInJob(job)
    for (const use of varsInSteps(job, subject)) {
      if (use.place === 'build' || (use.place === 'across' && isOfAcross(use))) continue
      yield use
    }
  }
}

function isOfAcross({ reference: { source, path }, node }: ReturnType<typeof varsInSteps>[number]): boolean {
  return source === '.' && acrossVarsRound(node).some(one => one.var === path || one.var.includes('(('))
}

function tellOfSource({ reference: { name }, path, isName }: VarUse, report: Report): void {
  report(path, `found ((${name})), expected a value: Concourse resolves no var here`, {
    hint: 'write the value itself',
    // A strange name breaks nothing yet.
    ...(isName ? {} : { severity: 'error' })
  })
}

/** All uses of one var, at the first of them. */
function tellOfFly([first, ...others]: readonly VarUse[], report: Report): void {
  if (first === undefined) return
  const { name, path } = first.reference
  const message = `found ((${name})), expected a value, which fly is not given: Concourse resolves no var here`
  report(first.path, `${message}${alsoAt(others)}`, { hint: `give it to fly: -v ${path}=…` })
}

/** Places that are named. */
const mostPlaces = 3

function alsoAt(uses: readonly VarUse[]): string {
  const places = [...new Set(uses.map(({ path }) => path))]
  if (places.length === 0) return ''
  const more = places.length - mostPlaces
  const named = places.slice(0, mostPlaces).join(', ')
  return `, nor at ${named}${more > 0 ? ` and ${more} more` : ''}`
}
