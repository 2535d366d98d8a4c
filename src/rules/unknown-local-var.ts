import { localVarUses } from './local-vars.ts'
import type { Rule } from './rule.ts'

export const unknownLocalVar: Rule = {
  code: 'unknown-local-var',
  summary: 'A step uses a local var that no step before it sets.',
  level: 'error',
  job(job, report, subject) {
    for (const { reference, path, state } of localVarUses(job, subject)) {
      if (state === 'set') continue
      const found = `found ((${reference.name}))`
      if (state === 'race') {
        report(path, `${found}, which a step sets that runs at the same time`, {
          hint: 'set it in a step before in_parallel',
          severity: 'warning'
        })
      } else {
        report(path, `${found}, expected a local var that an earlier step or an across round it sets`, {
          hint: `load_var or get ${reference.path} before: a var of across is not seen outside, nor in its hooks`
        })
      }
    }
  }
}
