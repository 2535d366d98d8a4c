import { localVarTwins } from './local-var-names.ts'
import type { Rule } from './rule.ts'

/** Concourse refuses it, hooks included. */
export const repeatedVar: Rule = {
  code: 'repeated-var',
  summary: 'A job sets two local vars of one name.',
  level: 'error',
  job(job, report) {
    for (const { name, path, first, isRepeated } of localVarTwins(job)) {
      if (!isRepeated) continue
      report(path, `found the local var ${JSON.stringify(name)}, which ${first} sets too; expected one`, {
        hint: 'give one of them another name'
      })
    }
  }
}
