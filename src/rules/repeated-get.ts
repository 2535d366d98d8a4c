import type { Rule } from './rule.ts'

/** Concourse refuses two gets of one name in a job, hooks included. */
export const repeatedGet: Rule = {
  code: 'repeated-get',
  summary: 'Two gets of one job have one name.',
  level: 'error',
  job({ steps }, report) {
    const seen = new Map<string, string>()
    for (const { step, path } of steps) {
      if (step.kind !== 'get') continue
      const first = seen.get(step.name)
      if (first === undefined) seen.set(step.name, path)
      else {
        report(
          path,
          `found a get of ${JSON.stringify(step.name)}, which ${first} has in the same job; expected one`,
          { hint: 'take the artifact of the first, or give this get another name and its resource' }
        )
      }
    }
  }
}
