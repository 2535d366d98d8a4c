import type { GetStep, Step } from '../concourse/model.ts'
import { once } from '../concourse/once.ts'
import { lockEnds, releasesIn, type LockEnd } from './lock-ends.ts'
import { isPool, useOfPool, type UseOf } from './lock-steps.ts'
import { passedJobs } from './passed-jobs.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/** A pool, and how its locks go from job to job. */
export interface PoolLocks {
  readonly pool: string
  /** The jobs that claim a lock, and those that take one over from a job which ends with it claimed. */
  readonly holders: ReadonlyMap<JobSubject, Holder>
  /** The jobs that give a lock back. */
  readonly releasers: readonly JobSubject[]
}

export interface Holder {
  /** The puts that claim a lock. */
  readonly claims: readonly PlacedStep[]
  /** The gets of a lock that a job before has claimed. */
  readonly takeovers: readonly Get[]
  /** The jobs that take over what this one leaves claimed. */
  readonly heirs: readonly JobSubject[]
  /** How the job may end. */
  readonly ends: ReadonlySet<LockEnd>
}

export type Get = PlacedStep & { readonly step: GetStep }

/** The locks of all pools of a pipeline; followed once. */
export const poolLocks = once('pool locks', (subject: Subject): readonly PoolLocks[] => {
  const { pipeline } = subject
  const pools = pipeline.resources.filter(resource => isPool(resource, pipeline))
  return pools.map(({ name }) => follow(name, subject))
})

function follow(pool: string, subject: Subject): PoolLocks {
  const useOf = (step: Step) => useOfPool(step, pool, subject)
  const users = subject.jobs.filter(({ uses }) => uses.has(pool))
  const successors = successorsOf(users, pool, subject)
  const holders = new Map<JobSubject, Holder>()
  const open = users.filter(job => claimsOf(job, useOf).length > 0)
  const takeovers = new Map<JobSubject, Set<Get>>()
  for (let job = open.pop(); job !== undefined; job = open.pop()) {
    const taken = takeovers.get(job) ?? new Set()
    const ends = endsOf(job, taken, useOf)
    const next = isHandedOver(ends) ? (successors.get(job) ?? []) : []
    holders.set(job, {
      claims: claimsOf(job, useOf),
      takeovers: [...taken],
      heirs: [...next].map(([heir]) => heir),
      ends
    })
    for (const [heir, gets] of next) {
      const known = takeovers.get(heir) ?? new Set<Get>()
      takeovers.set(heir, known)
      const count = known.size
      for (const get of gets) known.add(get)
      // What a job takes over decides how it ends, so it is looked at again.
      if (known.size > count) open.push(heir)
    }
  }
  return { pool, holders, releasers: users.filter(job => releasesIn(job.tree.root, useOf)) }
}

function claimsOf({ tree }: JobSubject, useOf: UseOf): readonly PlacedStep[] {
  return tree.leaves.filter(({ step }) => useOf(step) === 'claim')
}

function endsOf({ tree }: JobSubject, takeovers: ReadonlySet<Get>, useOf: UseOf): ReadonlySet<LockEnd> {
  const taken = new Set<Step>([...takeovers].map(({ step }) => step))
  return lockEnds(tree.root, step => (taken.has(step) ? 'claim' : useOf(step)))
}

/** Whether a lock may still be claimed when the job has succeeded. */
function isHandedOver(ends: ReadonlySet<LockEnd>): boolean {
  return [...ends].some(({ outcome, isClaimed }) => outcome === 'succeeded' && isClaimed)
}

/** The gets of a pool that name a job in `passed`, by that job and by the job that they are in. */
function successorsOf(
  users: readonly JobSubject[],
  pool: string,
  subject: Subject
): ReadonlyMap<JobSubject, ReadonlyMap<JobSubject, readonly Get[]>> {
  const all = new Map<JobSubject, Map<JobSubject, Get[]>>()
  for (const job of users) {
    for (const get of job.tree.leaves.filter(isGet)) {
      if (resourceNameOf(get.step) !== pool) continue
      for (const before of (get.step.passed ?? []).flatMap(name => passedJobs(name, subject))) {
        const byJob = all.get(before) ?? new Map<JobSubject, Get[]>()
        all.set(before, byJob.set(job, [...(byJob.get(job) ?? []), get]))
      }
    }
  }
  return all
}

function isGet(node: PlacedStep): node is Get {
  return node.step.kind === 'get'
}
