import { followPassed, passedGraph, type PassedCycle } from './passed-graph.ts'
import type { Rule } from './rule.ts'

/** fly and Concourse refuse it, and name one job of one cycle (concourse v8.3, atc/configvalidate/validate.go). */
export const passedCycle: Rule = {
  code: 'passed-cycle',
  summary: 'By passed, a job waits for a version to pass itself.',
  level: 'error',
  pipeline(subject, report) {
    followPassed(passedGraph(subject), {
      onCycle(cycle) {
        const { trail, from, back } = cycle
        // The edge that closes it leads into a job, or into a glob and from there into one.
        const closing = back.path ?? trail[from + 1]?.by.path ?? ''
        report(closing, `found the cycle ${namesOf(cycle)}, expected that versions go one way`, {
          hint: 'remove this job from passed, or break the cycle elsewhere'
        })
      }
    })
  }
}

/** How many jobs of a cycle a message names, before the first comes again. */
const most = 12

function namesOf({ trail, from }: PassedCycle): string {
  const names: string[] = []
  for (let place = from; place < trail.length && names.length < most; place += 1) {
    const name = trail[place]?.by.to.job?.job.name
    if (name !== undefined) names.push(name)
  }
  const all = (trail.at(-1)?.jobs ?? 0) - (trail[from - 1]?.jobs ?? 0)
  const others = all > names.length ? [`… ${all - names.length} more …`] : []
  return [...names, ...others, names[0]].join(' → ')
}
