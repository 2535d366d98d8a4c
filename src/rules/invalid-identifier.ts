import type { Finding } from '../core/finding.ts'
import { finding, type Rule } from './rule.ts'

/**
 * Names that Concourse will not take one day: it warns now, and `fly validate-pipeline --strict` fails
 * (concourse v8.3, atc/configwarning.go).
 */
export const invalidIdentifier: Rule = function* ({ pipeline, steps }) {
  for (const section of ['groups', 'resource_types', 'resources', 'jobs'] as const) {
    for (const { name } of pipeline[section] ?? []) yield* checkName(name, `${section}.${name}`)
  }
  for (const { step, path } of steps) if ('name' in step) yield* checkName(step.name, path)
}

function* checkName(name: string, path: string): Iterable<Finding> {
  const fault = faultOf(name)
  if (fault === undefined) return
  yield finding({
    code: 'invalid-identifier',
    severity: name === '' ? 'error' : 'warning',
    path,
    message: `found the name ${JSON.stringify(name)}, ${fault}`,
    hint: 'begin names with a lower-case letter or a digit; go on with those, "-", "_" and "."'
  })
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'expected one that is not empty'
  if (/^[0-9]+$/.test(name)) return 'expected more than digits'
  if (!/^[\p{Ll}\p{Lt}\p{Lm}\p{Lo}0-9]/u.test(name)) return 'expected a lower-case letter or digit first'
  const illegal = /[^\p{Ll}\p{Lt}\p{Lm}\p{Lo}0-9\-_.]/u.exec(name)?.[0]
  return illegal === undefined ? undefined : `expected none with ${JSON.stringify(illegal)}`
}
