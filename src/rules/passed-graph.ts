import { isGlob } from '../concourse/glob.ts'
import { once } from '../concourse/once.ts'
import { passedJobs } from './passed-jobs.ts'
import type { JobSubject, Subject } from './subject.ts'

/** A job, or a glob of `passed` that stands for all jobs which it matches, so that edges stay few. */
export interface PassedNode {
  /** Its place in the graph. */
  readonly index: number
  /** None for a glob. */
  readonly job?: JobSubject
  /** Where versions go on to. */
  readonly next: PassedEdge[]
}

export interface PassedEdge {
  readonly to: PassedNode
  /** Of the entry of `passed` that says so; none where a job goes into a glob. */
  readonly path?: string
}

/** How versions go from job to job: all jobs in the order of the pipeline, then globs; found out once. */
export const passedGraph = once('passed graph', (subject: Subject): readonly PassedNode[] => {
  const graph: PassedNode[] = subject.jobs.map((job, index) => ({ index, job, next: [] }))
  const nodes = new Map(graph.map(node => [node.job, node]))
  const globs = new Map<string, PassedNode>()
  const sourcesOf = (name: string): readonly PassedNode[] => {
    const known = globs.get(name)
    if (known !== undefined) return [known]
    const jobs = passedJobs(name, subject).flatMap(job => nodes.get(job) ?? [])
    if (!isGlob(name)) return jobs
    const glob: PassedNode = { index: graph.length, next: [] }
    for (const { next } of jobs) next.push({ to: glob })
    globs.set(name, glob)
    graph.push(glob)
    return [glob]
  }
  for (const to of nodes.values()) {
    for (const [name, path] of passedOf(to.job)) {
      for (const { next } of sourcesOf(name)) next.push({ to, path })
    }
  }
  return graph
})

/** What a job's gets name in `passed`, each once, and where first. */
function passedOf(job: JobSubject | undefined): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const { step, path } of job?.steps ?? []) {
    if (step.kind !== 'get' || step.passed === undefined) continue
    for (const [index, name] of step.passed.entries()) {
      if (!places.has(name)) places.set(name, `${path}.passed[${index}]`)
    }
  }
  return places
}

/** A node on the way down from a job. */
interface Passage {
  readonly by: PassedEdge
  /** How many jobs it takes to come here. */
  readonly jobs: number
  /** Which edge to take next. */
  turn: number
}

/** An edge that leads back to where the way down came through. */
export interface PassedCycle {
  readonly trail: readonly Passage[]
  /** The place in the trail where the cycle begins. */
  readonly from: number
  /** Leads there from the end of the trail. */
  readonly back: PassedEdge
}

/** What `followPassed` tells of. */
export interface PassedVisitor {
  readonly onCycle?: (cycle: PassedCycle) => void
  /** All that comes after a node was seen. */
  readonly onDone?: (node: PassedNode) => void
}

/** Goes down from every job to those after it, depth first and without recursion; sees each edge once. */
export function followPassed(graph: readonly PassedNode[], { onCycle, onDone }: PassedVisitor): void {
  const places = new Map<PassedNode, number>()
  const done = new Set<PassedNode>()
  for (const root of graph) {
    if (done.has(root)) continue
    const trail: Passage[] = []
    const enter = (by: PassedEdge): void => {
      places.set(by.to, trail.length)
      trail.push({ by, jobs: (trail.at(-1)?.jobs ?? 0) + (by.to.job === undefined ? 0 : 1), turn: 0 })
    }
    enter({ to: root })
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const node = last.by.to
      const edge = node.next[last.turn]
      last.turn += 1
      if (edge === undefined) {
        trail.pop()
        places.delete(node)
        done.add(node)
        onDone?.(node)
        continue
      }
      const from = places.get(edge.to)
      if (from !== undefined) onCycle?.({ trail, from, back: edge })
      else if (!done.has(edge.to)) enter(edge)
    }
  }
}
