import type { Outcome } from './lock-ends.ts'
import { poolLocks, type Holder, type PoolLocks } from './locks.ts'
import type { Rule } from './rule.ts'
import type { JobSubject } from './subject.ts'

/**
 * A lock that a failed build has left claimed is free again when a person sees to it, and all others wait for that.
 * Where a job releases locks that no job hands over to it, that is how its authors see to it, and nothing is said.
 */
export const lockNotReleased: Rule = {
  code: 'lock-not-released',
  summary: 'A lock stays claimed for ever, at least where a build does not succeed.',
  level: 'warning',
  job(job, report, subject) {
    for (const locks of poolLocks(subject)) {
      const [claim] = locks.holders.get(job)?.claims ?? []
      const leak = claim === undefined ? undefined : leakOf(job, locks)
      if (claim !== undefined && leak !== undefined) {
        report(claim.path, `found a lock that ${leak}`, {
          hint: 'release it by an ensure round all that it is for, or allow it here and say who does'
        })
      }
    }
  }
}

function leakOf(job: JobSubject, { holders, releasers }: PoolLocks): string | undefined {
  if (releasers.length === 0) return 'no job of the pipeline releases'
  if (releasers.some(one => !holders.has(one))) return undefined
  const heirs = heirsOf(job, holders)
  const releasing = releasers.filter(one => one === job || heirs.has(one))
  if (releasing.length === 0) return 'neither this job nor one that takes it over releases'
  const leaks = [job, ...heirs].flatMap(heir => {
    const found = leakingWays(holders.get(heir))
    return found.length > 0 && isLast(heir, releasing, holders)
      ? [`${heir.job.name} ${found.join(' or ')}`]
      : []
  })
  const [first, ...others] = leaks
  if (first === undefined) return undefined
  const more = others.length === 0 ? '' : `, and after it in ${others.length} more of its jobs`
  return `stays claimed when ${first}${more}`
}

/** The jobs that a lock goes to from a job, the next ones first. */
function heirsOf(job: JobSubject, holders: PoolLocks['holders']): ReadonlySet<JobSubject> {
  const heirs = new Set<JobSubject>()
  const open = [job]
  for (const one of open) {
    for (const heir of holders.get(one)?.heirs ?? []) {
      if (heir === job || heirs.has(heir)) continue
      heirs.add(heir)
      open.push(heir)
    }
  }
  return heirs
}

/** Whether nobody can release the lock once a job has failed: all who do come after it. */
function isLast(job: JobSubject, releasing: readonly JobSubject[], holders: PoolLocks['holders']): boolean {
  const others = releasing.filter(one => one !== job)
  if (others.length === 0) return true
  const heirs = heirsOf(job, holders)
  return others.every(one => heirs.has(one))
}

/** The ways not to succeed that leave the lock claimed, in words. */
function leakingWays(holder: Holder | undefined): readonly string[] {
  const ends = [...(holder?.ends ?? [])]
  return ways.flatMap(([outcome, words]) =>
    ends.some(end => end.isClaimed && end.outcome === outcome) ? [words] : []
  )
}

const ways: readonly (readonly [Outcome, string])[] = [
  ['failed', 'fails'],
  ['errored', 'errs'],
  ['aborted', 'is aborted']
]
