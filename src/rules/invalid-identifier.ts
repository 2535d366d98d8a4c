import type { NamedStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { hasVar } from './has-var.ts'
import type { Report, Rule } from './rule.ts'

/**
 * Concourse warns of such names now and will not take them one day; `fly validate-pipeline --strict` fails on them.
 * The name of a task or set_pipeline directly within across may hold anything (concourse v8.3, atc/configwarning.go).
 * What fly puts into a name is not known here.
 */
export const invalidIdentifier: Rule = {
  code: 'invalid-identifier',
  summary: 'A name is none that Concourse will take for ever.',
  level: 'warning',
  pipeline({ pipeline }, report) {
    for (const section of sections) {
      for (const { name } of pipeline[section] ?? []) checkName(name, `${section}.${name}`, report)
    }
  },
  job({ job, path }, report) {
    checkName(job.name, path, report)
  },
  step: {
    get: checkStep,
    put: checkStep,
    task: checkStepOfAcross,
    set_pipeline: checkStepOfAcross,
    load_var: checkStep,
    // Of a message Concourse takes no bad name even now.
    run: ({ step, path }, report) => checkName(step.name, path, report, 'error')
  }
}

const sections = ['groups', 'var_sources', 'resource_types', 'prototypes', 'resources'] as const

function checkStep({ step, path }: PlacedStep<NamedStep>, report: Report): void {
  checkName(step.name, path, report)
}

function checkStepOfAcross(placed: PlacedStep<NamedStep>, report: Report): void {
  // Time-outs and tries between the two do not count.
  let { parent } = placed
  while (parent?.step.kind === 'attempts' || parent?.step.kind === 'timeout') parent = parent.parent
  if (parent?.step.kind !== 'across') checkStep(placed, report)
  else if (placed.step.name === '') checkName('', placed.path, report)
}

function checkName(name: string, path: string, report: Report, severity?: 'error'): void {
  const fault = faultOf(name)
  if (fault === undefined || hasVar(name)) return
  const hint = 'begin names with a lower-case letter or a digit; go on with those, "-", "_" and "."'
  const counted = name === '' ? 'error' : severity
  report(path, `found the name ${JSON.stringify(name)}, ${fault}`, {
    hint,
    ...(counted === undefined ? {} : { severity: counted })
  })
}

/** Nearly all names that there are. */
const ordinary = /^(?=.*[a-z._-])[a-z0-9][a-z0-9._-]*$/

function faultOf(name: string): string | undefined {
  if (ordinary.test(name)) return undefined
  if (name === '') return 'expected one that is not empty'
  if (/^[0-9]+$/.test(name)) return 'expected more than digits'
  if (!/^[\p{Ll}\p{Lt}\p{Lm}\p{Lo}0-9]/u.test(name)) return 'expected a lower-case letter or digit first'
  const illegal = /[^\p{Ll}\p{Lt}\p{Lm}\p{Lo}0-9\-_.]/u.exec(name)?.[0]
  return illegal === undefined ? undefined : `expected none with ${JSON.stringify(illegal)}`
}
