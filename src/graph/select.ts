import { UserError } from '../core/errors.ts'
import { nearestName } from '../core/nearest.ts'
import type { PipelineGraph } from './pipeline-graph.ts'

/** Which resources are drawn: all; those whose new versions start a job; none. */
export type ResourceChoice = 'all' | 'trigger' | 'none'

/**
 * The part of a graph that one group shows: its jobs, what they get and put, and the jobs outside that have to pass
 * something first. An unknown group is wrong use.
 */
export function selectGroup(graph: PipelineGraph, name: string): PipelineGraph {
  const group = graph.groups.find(one => one.name === name)
  if (group === undefined) throw unknownGroup(graph, name)
  const inside = new Set(group.jobs)
  const passes = graph.passes.filter(({ to }) => inside.has(to))
  const upstream = new Set(passes.map(({ from }) => from))
  return {
    ...graph,
    jobs: graph.jobs.flatMap(job => {
      if (inside.has(job.name)) return [job]
      if (!upstream.has(job.name)) return []
      return [job.place === 'inside' ? { ...job, place: 'outside' as const } : job]
    }),
    passes,
    gets: graph.gets.filter(({ job }) => inside.has(job)),
    puts: graph.puts.filter(({ job }) => inside.has(job))
  }
}

/** A graph with fewer resources. Edges between jobs stay, whatever they pass. */
export function selectResources(graph: PipelineGraph, choice: ResourceChoice): PipelineGraph {
  if (choice === 'all') return graph
  const gets = choice === 'none' ? [] : graph.gets.filter(({ trigger }) => trigger)
  return { ...graph, gets, puts: [] }
}

function unknownGroup({ groups }: PipelineGraph, name: string): UserError {
  const names = groups.map(group => group.name)
  const meant = nearestName(name, names)
  const expected = names.length === 0 ? 'a pipeline with groups' : `one of ${names.join(', ')}`
  return new UserError('usage', `group ${name}: found no such group, expected ${expected}`, {
    hint: meant === undefined ? 'leave --group out to draw all jobs' : `did you mean ${meant}?`
  })
}
