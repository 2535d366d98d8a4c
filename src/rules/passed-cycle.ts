import { followPassed, passedGraph, type PassedEdge } from './passed-graph.ts'
import type { Rule } from './rule.ts'

/** fly and Concourse refuse it, and name one job of one cycle (concourse v8.3, atc/configvalidate/validate.go). */
export const passedCycle: Rule = {
  code: 'passed-cycle',
  summary: 'By passed, a job waits for a version to pass itself.',
  level: 'error',
  pipeline(subject, report) {
    followPassed(passedGraph(subject), {
      onCycle(edges) {
        // The edge that closes it leads into a job, or into a glob and from there into one.
        const closing = edges.at(-1)?.path ?? edges[0]?.path ?? ''
        report(closing, `found the cycle ${namesOf(edges)}, expected that versions go one way`, {
          hint: 'remove this job from passed, or break the cycle elsewhere'
        })
      }
    })
  }
}

/** How many jobs of a cycle a message names. */
const most = 12

function namesOf(edges: readonly PassedEdge[]): string {
  const names = edges.flatMap(({ to }) => to.job?.job.name ?? [])
  const round = [names.at(-1) ?? '', ...names]
  if (round.length <= most) return round.join(' → ')
  return [...round.slice(0, most - 1), `… ${round.length - most} more …`, round.at(-1)].join(' → ')
}
