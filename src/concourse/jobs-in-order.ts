import type { Job, Pipeline } from './model.ts'
import { visitSteps } from './walk.ts'

/**
 * The jobs of a pipeline in an order in which each follows all that pass something to it, else as they are written. Jobs that wait for
 * each other, which no Concourse would ever start, come last.
 */
export function jobsInOrder({ jobs }: Pipeline): readonly string[] {
  const waiting = new Map(jobs.map(job => [job.name, passersTo(job)]))
  const ordered: string[] = []
  for (;;) {
    const next = [...waiting].find(([, passers]) => ![...passers].some(name => waiting.has(name)))
    if (next === undefined) return [...ordered, ...waiting.keys()]
    ordered.push(next[0])
    waiting.delete(next[0])
  }
}

/** Names of the jobs that a version has to have passed. */
function passersTo(job: Job): ReadonlySet<string> {
  const names = new Set<string>()
  visitSteps(job, step => {
    if (step.kind === 'get') for (const name of step.passed ?? []) names.add(name)
  })
  return names
}
