import { finding, type Rule } from './rule.ts'

/** Two gets of one name in a job, hooks included: Concourse refuses them. */
export const repeatedGet: Rule = function* ({ jobs }) {
  for (const { steps } of jobs) {
    const seen = new Map<string, string>()
    for (const { step, path } of steps) {
      if (step.kind !== 'get') continue
      const first = seen.get(step.name)
      if (first === undefined) seen.set(step.name, path)
      else {
        yield finding({
          code: 'repeated-get',
          path,
          message: `found a get of ${JSON.stringify(step.name)}, which ${first} has in the same job; expected one`,
          hint: 'take the artifact of the first, or give this get another name and its resource'
        })
      }
    }
  }
}
