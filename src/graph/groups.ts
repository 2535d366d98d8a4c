import { groupGlob, isGroupGlob } from '../concourse/group-glob.ts'
import type { Pipeline } from '../concourse/model.ts'

export interface GraphGroup {
  readonly name: string
  /** Of the pipeline's jobs, in the pipeline's order; patterns are resolved. */
  readonly jobs: readonly string[]
}

/** The groups of a pipeline with the jobs that each holds. Names that the pipeline does not have are left out. */
export function groupsOf({ groups, jobs }: Pipeline): GraphGroup[] {
  return (groups ?? []).map(({ name, jobs: words }) => ({
    name,
    jobs: jobsMatching(words ?? [], [...new Set(jobs.map(job => job.name))])
  }))
}

function jobsMatching(words: readonly string[], names: readonly string[]): string[] {
  const plain = new Set(words.filter(word => !isGroupGlob(word)))
  const patterns = words.filter(isGroupGlob).map(groupGlob)
  return names.filter(name => plain.has(name) || patterns.some(matches => matches?.(name)))
}
