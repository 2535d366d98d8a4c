import type { JsonObject, Resource } from '../concourse/model.ts'
import type { Rule } from './rule.ts'
import { resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/**
 * Silent where the source leaves commits out: who did that has thought of it. Commits that say `[ci skip]` are no versions
 * either, and it can't be seen here what a task writes into them (https://github.com/concourse/git-resource).
 */
export const selfTrigger: Rule = {
  code: 'self-trigger',
  summary: 'A job starts on the commits that it makes itself.',
  level: 'warning',
  job(job, report, subject) {
    const pushed = pushedBy(job, subject)
    if (pushed.size === 0) return
    for (const { step, path } of job.steps) {
      if (step.kind !== 'get' || step.trigger !== true || (step.passed ?? []).length > 0) continue
      const resource = subject.resourcesByName.get(resourceNameOf(step))
      const branch = resource === undefined ? undefined : branchOf(resource)
      if (resource === undefined || branch === undefined || !pushed.has(branch) || leavesOut(resource))
        continue
      report(`${path}.trigger`, 'found a get that starts the job on what the job itself pushes', {
        hint: 'drop trigger, leave the commits out by paths or ignore_paths, or let them say [ci skip] and allow it here'
      })
    }
  }
}

/** The branches to which a job pushes commits. */
function pushedBy({ steps }: JobSubject, { resourcesByName }: Subject): ReadonlySet<string> {
  const branches = new Set<string>()
  for (const { step } of steps) {
    if (step.kind !== 'put' || !isPush(step.params ?? {})) continue
    const resource = resourcesByName.get(resourceNameOf(step))
    const branch = resource === undefined ? undefined : branchOf(resource)
    if (branch !== undefined) branches.add(branch)
  }
  return branches
}

function isPush({ repository, only_tag, branch }: JsonObject): boolean {
  return typeof repository === 'string' && only_tag !== true && branch === undefined
}

/** Where a git resource is, as one word; undefined where that is not said. */
function branchOf({ type, source: { uri, branch } = {} }: Resource): string | undefined {
  if (type !== 'git' || typeof uri !== 'string' || typeof branch !== 'string') return undefined
  return `${uri} ${branch}`
}

/** Whether not every commit is a version. */
function leavesOut({ source = {} }: Resource): boolean {
  return ['paths', 'ignore_paths', 'tag_filter', 'tag_regex', 'commit_filter', 'version_depth'].some(
    key => key in source
  )
}
