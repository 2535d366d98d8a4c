import { passedGraph, type PassedNode } from './passed-graph.ts'
import type { Rule } from './rule.ts'
import { resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/** The job starts with a version that the jobs before it have not seen, beside versions that they have. */
export const triggerWithoutPassed: Rule = {
  code: 'trigger-without-passed',
  summary: 'A new version starts a job without having passed the job before it that gets the same resource.',
  level: 'warning',
  job(job, report, subject) {
    if (!job.steps.some(({ step }) => step.kind === 'get' && (step.passed ?? []).length > 0)) return
    for (const { step, path } of job.steps) {
      if (step.kind !== 'get' || step.trigger !== true || (step.passed ?? []).length > 0) continue
      const resource = resourceNameOf(step)
      if (subject.resourcesByName.get(resource)?.type === 'time') continue
      const before = gettersBefore(resource, subject).get(job)
      if (before === undefined) continue
      report(
        `${path}.trigger`,
        `found a trigger without passed, although ${before.job.name}, which comes before, gets ${resource} too`,
        {
          hint: `write passed: [${before.job.name}], or leave out the trigger`
        }
      )
    }
  }
}

/** Job → a job before it. */
type ByJob = ReadonlyMap<JobSubject, JobSubject>

interface Getters {
  /** By resource, the jobs that get it. */
  readonly jobs: ReadonlyMap<string, readonly PassedNode[]>
  /** By resource, what was looked for before. */
  readonly before: Map<string, ByJob>
}

const known = new WeakMap<Subject, Getters>()

/** Job → a job before it in a chain of `passed` that gets the resource; looked for once for each resource. */
function gettersBefore(resource: string, subject: Subject): ByJob {
  const getters = known.get(subject) ?? { jobs: gettersOf(subject), before: new Map<string, ByJob>() }
  known.set(subject, getters)
  const before = getters.before.get(resource)
  if (before !== undefined) return before
  const origins = new Map<PassedNode, JobSubject>()
  const reach = ({ next }: PassedNode, origin: JobSubject): void => {
    for (const { to } of next) if (!origins.has(to)) origins.set(to, origin)
  }
  for (const node of getters.jobs.get(resource) ?? []) if (node.job !== undefined) reach(node, node.job)
  // A map gives what is added to it while it is looked through, too.
  for (const [node, origin] of origins) reach(node, origin)
  const found = new Map<JobSubject, JobSubject>()
  for (const [{ job }, origin] of origins) if (job !== undefined) found.set(job, origin)
  getters.before.set(resource, found)
  return found
}

function gettersOf(subject: Subject): ReadonlyMap<string, readonly PassedNode[]> {
  const getters = new Map<string, PassedNode[]>()
  for (const node of passedGraph(subject)) {
    const names = (node.job?.steps ?? []).flatMap(({ step }) =>
      step.kind === 'get' ? [resourceNameOf(step)] : []
    )
    for (const name of new Set(names)) {
      const nodes = getters.get(name) ?? []
      nodes.push(node)
      getters.set(name, nodes)
    }
  }
  return getters
}
