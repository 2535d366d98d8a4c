import { isGlob } from '../concourse/glob.ts'
import { passedJobs } from './passed-jobs.ts'
import type { JobSubject, Subject } from './subject.ts'

/** A job, or a glob of `passed` that stands for all jobs which it matches, so that edges stay few. */
export interface PassedNode {
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

const graphs = new WeakMap<Subject, readonly PassedNode[]>()

/** How versions go from job to job, all jobs in the order of the pipeline; found out once. */
export function passedGraph(subject: Subject): readonly PassedNode[] {
  const before = graphs.get(subject)
  if (before !== undefined) return before
  const nodes = new Map<JobSubject, PassedNode>(subject.jobs.map(job => [job, { job, next: [] }]))
  const globs = new Map<string, PassedNode>()
  const sourcesOf = (name: string): readonly PassedNode[] => {
    const known = globs.get(name)
    if (known !== undefined) return [known]
    const jobs = passedJobs(name, subject).flatMap(job => nodes.get(job) ?? [])
    if (!isGlob(name)) return jobs
    const glob: PassedNode = { next: [] }
    for (const { next } of jobs) next.push({ to: glob })
    globs.set(name, glob)
    return [glob]
  }
  for (const to of nodes.values()) {
    for (const [name, path] of passedOf(to.job))
      for (const { next } of sourcesOf(name)) next.push({ to, path })
  }
  const graph = [...nodes.values()]
  graphs.set(subject, graph)
  return graph
}

/** What a job's gets name in `passed`, each once, and where first. */
function passedOf(job: JobSubject | undefined): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const { step, path } of job?.steps ?? []) {
    if (step.kind !== 'get') continue
    for (const [index, name] of (step.passed ?? []).entries()) {
      if (!places.has(name)) places.set(name, `${path}.passed[${index}]`)
    }
  }
  return places
}

/** What `followPassed` tells of. */
export interface PassedVisitor {
  /** An edge leads back to where the trail came through: the edges from there on, and it as the last. */
  readonly onCycle?: (edges: readonly PassedEdge[]) => void
  /** All that comes after a node was seen. */
  readonly onDone?: (node: PassedNode) => void
}

/** Goes down from every job to those after it, depth first and without recursion; sees each edge once. */
export function followPassed(graph: readonly PassedNode[], { onCycle, onDone }: PassedVisitor): void {
  const places = new Map<PassedNode, number>()
  const done = new Set<PassedNode>()
  for (const root of graph) {
    if (done.has(root)) continue
    const trail: { readonly by: PassedEdge; turn: number }[] = [{ by: { to: root }, turn: 0 }]
    places.set(root, 0)
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const edge = last.by.to.next[last.turn]
      last.turn += 1
      if (edge === undefined) {
        trail.pop()
        places.delete(last.by.to)
        done.add(last.by.to)
        onDone?.(last.by.to)
        continue
      }
      const place = places.get(edge.to)
      if (place !== undefined) onCycle?.([...trail.slice(place + 1).map(({ by }) => by), edge])
      else if (!done.has(edge.to)) {
        places.set(edge.to, trail.length)
        trail.push({ by: edge, turn: 0 })
      }
    }
  }
}
