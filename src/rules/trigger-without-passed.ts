import { once } from '../concourse/once.ts'
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
type AfterEach = ReadonlyMap<JobSubject, JobSubject>

interface Getters {
  /** By resource, the jobs that get it. */
  readonly jobs: ReadonlyMap<string, readonly PassedNode[]>
  /** By resource and job, a job before it that gets the resource. */
  readonly before: Map<string, AfterEach>
}

const gettersIn = once('getters', (subject: Subject): Getters => ({
  jobs: gettersOf(subject),
  before: new Map()
}))

/** Job → a job before it in a chain of `passed` that gets the resource; looked for once for each resource. */
function gettersBefore(resource: string, subject: Subject): AfterEach {
  const getters = gettersIn(subject)
  const before =
    getters.before.get(resource) ?? afterEach(getters.jobs.get(resource) ?? [], passedGraph(subject).length)
  getters.before.set(resource, before)
  return before
}

/** Those of the jobs that come after another of them, with that one. `size` is that of the graph. */
function afterEach(jobs: readonly PassedNode[], size: number): AfterEach {
  const after = new Map<JobSubject, JobSubject>()
  if (jobs.length < 2) return after
  const isReached = new Uint8Array(size)
  for (const from of jobs) {
    const reached = [from]
    // A list gives what is added to it while it is looked through, too.
    for (const { next } of reached) {
      for (const { to } of next) {
        if (isReached[to.index] === 1) continue
        isReached[to.index] = 1
        reached.push(to)
        if (to.job !== undefined && from.job !== undefined) after.set(to.job, from.job)
      }
    }
  }
  return after
}

function gettersOf(subject: Subject): ReadonlyMap<string, readonly PassedNode[]> {
  const getters = new Map<string, PassedNode[]>()
  for (const node of passedGraph(subject)) {
    const steps = node.job?.steps ?? []
    const names = steps.flatMap(({ step }) => (step.kind === 'get' ? [resourceNameOf(step)] : []))
    for (const name of new Set(names)) {
      const nodes = getters.get(name) ?? []
      nodes.push(node)
      getters.set(name, nodes)
    }
  }
  return getters
}
