import { localVarTwins } from './local-var-names.ts'
import type { Rule } from './rule.ts'

/** fly warns of it, and with --strict refuses it. */
export const shadowedVar: Rule = {
  code: 'shadowed-var',
  summary: 'A local var within across hides one of the same name outside.',
  level: 'warning',
  job(job, report) {
    for (const { name, path, first, isRepeated } of localVarTwins(job)) {
      if (isRepeated) continue
      report(path, `found the local var ${JSON.stringify(name)}, which hides that of ${first}`, {
        hint: 'give one of them another name'
      })
    }
  }
}
