import { namesWithin, parseReference } from '../concourse/references.ts'
import type { Rule } from './rule.ts'
import { isWithin, type PlacedStep } from '../concourse/step-tree.ts'
import { isGetOrPut, resourceNameOf, type JobSubject, type Subject } from './subject.ts'
import { varsInSteps } from './var-uses.ts'

/** A task file may use any var, so none is unused that a task may see whose file is not at hand. */
export const unusedLocalVar: Rule = {
  code: 'unused-local-var',
  summary: 'A local var is set and never used.',
  level: 'warning',
  job(job, report, subject) {
    const declared = declarationsIn(job)
    if (declared.length === 0) return
    const uses = usesIn(job, subject)
    for (const { name, path, scope } of declared) {
      const mayUse = ({ name: used, node }: Use) =>
        (used === undefined || used === name) && (scope === undefined || isWithin(node, scope))
      if (name.includes('((') || uses.some(mayUse)) continue
      report(path, `found no use of ((.:${name})), expected one`, { hint: 'use it, or remove it' })
    }
  }
}

interface Declaration {
  readonly name: string
  readonly path: string
  /** The step outside of which it is not seen. */
  readonly scope: PlacedStep | undefined
}

function declarationsIn({ steps }: JobSubject): readonly Declaration[] {
  const declared: Declaration[] = []
  for (const placed of steps) {
    const { step, path } = placed
    if (step.kind === 'load_var') declared.push({ name: step.name, path, scope: undefined })
    if (step.kind !== 'across') continue
    for (const [index, one] of step.across.entries()) {
      declared.push({ name: one.var, path: `${path}[${index}]`, scope: placed })
    }
  }
  return declared
}

interface Use {
  /** Undefined where it may be any. */
  readonly name: string | undefined
  readonly node: PlacedStep
}

function usesIn(job: JobSubject, subject: Subject): readonly Use[] {
  const inSteps = varsInSteps(job, subject).flatMap(({ reference, node }) =>
    reference.source === '.' ? [{ name: reference.path, node }] : []
  )
  return [...inSteps, ...job.tree.leaves.flatMap(node => usesElsewhere(node, subject))]
}

/** In the source of a resource, which a put of a build resolves like its params; in task files that nobody knows. */
function usesElsewhere(node: PlacedStep, { configOf, resourcesByName }: Subject): readonly Use[] {
  const { step } = node
  if (step.kind === 'task') return configOf(step) === undefined ? [{ name: undefined, node }] : []
  if (!isGetOrPut(step)) return []
  const references = namesWithin(resourcesByName.get(resourceNameOf(step))?.source).map(parseReference)
  return references.flatMap(({ source, path }) => (source === '.' ? [{ name: path, node }] : []))
}
