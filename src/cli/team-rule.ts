import { stepKinds } from '../concourse/walk.ts'
import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import type { Rule } from '../rules/rule.ts'

const shapeHint =
  'export default {code, summary, level, step: {task(placed, report) {…}}}, as docs/check.md shows'

/** Why a value of an author's is no rule that can be added to those with these codes. */
export function faultOfRule(
  value: unknown,
  codes: ReadonlySet<string>
): Pick<Finding, 'message' | 'hint'> | undefined {
  if (!isRule(value)) {
    return {
      message: 'found a default export that is no rule, expected one or a list of them',
      hint: shapeHint
    }
  }
  const { code, step = {} } = value
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code)) {
    const message = `found the code ${JSON.stringify(code)}, expected small letters, digits and hyphens`
    return { message, hint: 'call it e.g. no-latest, so that comments can name it' }
  }
  if (codes.has(code)) {
    const message = `found a second rule ${code}, expected a code of its own`
    return { message, hint: 'begin its code with the name of the team' }
  }
  const kind = Object.keys(step).find(name => !stepKinds.has(name))
  if (kind === undefined) return undefined
  const meant = nearestName(kind, stepKinds)
  const message = `rule ${code}: found step.${kind}, expected a kind of step`
  return { message, ...given('hint', meant === undefined ? undefined : `write ${meant}`) }
}

export function isRule(value: unknown): value is Rule {
  if (!isRecord(value)) return false
  const { code, summary, level, step, pipeline, job } = value
  const looks = [pipeline, job, ...(isRecord(step) ? Object.values(step) : [])]
  const defined = looks.filter(look => look !== undefined)
  return (
    typeof code === 'string' &&
    typeof summary === 'string' &&
    (level === 'error' || level === 'warning' || level === 'off') &&
    defined.length > 0 &&
    defined.every(look => typeof look === 'function')
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** The rule, which tells what it throws, the first time, and then looks no more. */
export function guardedRule(rule: Rule, onThrow: (thrown: unknown) => void): Rule {
  let isBroken = false
  const guard = <A extends readonly unknown[]>(look: (...args: A) => void) => {
    return (...args: A): void => {
      if (isBroken) return
      try {
        look(...args)
      } catch (thrown) {
        isBroken = true
        onThrow(thrown)
      }
    }
  }
  const { pipeline, job, step } = rule
  // Each kind keeps the check of its own; the compiler can't follow that through entries.
  const steps = Object.entries(step ?? {}) as [string, (...args: readonly unknown[]) => void][]
  return {
    ...rule,
    ...given('pipeline', pipeline && guard(pipeline)),
    ...given('job', job && guard(job)),
    step: Object.fromEntries(steps.map(([kind, look]) => [kind, guard(look)]))
  }
}
