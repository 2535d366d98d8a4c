import { isBefore, type Release } from '../concourse/release.ts'
import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Since when a pipeline may use them (concourse v8.3, atc/configvalidate/validate.go, and its history). */
const types: ReadonlyMap<string, Release> = new Map([
  ['vault', '5.8'],
  ['dummy', '5.8'],
  ['ssm', '6.2'],
  ['secretsmanager', '7.7'],
  ['idtoken', '7.14']
])

export const unknownVarSourceType: Rule = {
  code: 'unknown-var-source-type',
  summary: 'A var source is of a type that the targeted Concourse does not take in a pipeline.',
  level: 'error',
  pipeline({ pipeline, target }, report) {
    for (const { name, type } of pipeline.var_sources ?? []) {
      const since = types.get(type)
      const path = `var_sources.${name}.type`
      if (since !== undefined && isBefore(target, since)) {
        report(path, `found ${type}, which Concourse takes since ${since}; the target is ${target}`, {
          hint: `use another type, or target ${since}`
        })
      } else if (since === undefined && !hasVar(type)) {
        const meant = nearestName(type, types.keys())
        const expected = [...types.keys()].join(', ')
        report(path, `found ${JSON.stringify(type)}, expected one of ${expected}`, {
          hint: meant === undefined ? 'configure it for the whole Concourse instead' : `write ${meant}`
        })
      }
    }
  }
}
