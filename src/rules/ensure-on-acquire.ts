import { releasesIn } from './lock-ends.ts'
import { useOfPool, type UseOf } from './lock-steps.ts'
import { poolLocks } from './locks.ts'
import type { Rule } from './rule.ts'
import { orderOf } from './step-order.ts'
import { isWithin, leavesOf, type PlacedStep } from '../concourse/step-tree.ts'

/** An ensure runs as soon as its own step has ended, not when the job has. */
export const ensureOnAcquire: Rule = {
  code: 'ensure-on-acquire',
  summary: 'A lock is released as soon as it is claimed, before the work that it is for.',
  level: 'warning',
  job(job, report, subject) {
    for (const { pool, holders } of poolLocks(subject)) {
      for (const claim of holders.get(job)?.claims ?? []) {
        const outer = releasingEnsureOf(claim, step => useOfPool(step, pool, subject))
        if (outer === undefined || !isWorkAfter(claim, outer, job.tree.root)) continue
        report(claim.path, 'found a lock that the ensure of this very step releases before the work begins', {
          hint: 'put the ensure on the job, or on a do that holds this step and the work'
        })
      }
    }
  }
}

/** The ensure that gives the lock back, of a step in which there is nothing but the claim. */
function releasingEnsureOf(claim: PlacedStep, useOf: UseOf): PlacedStep | undefined {
  let held = claim
  for (let outer = claim.parent; outer !== undefined; held = outer, outer = outer.parent) {
    const [first, hook] = outer.children
    if (first !== held || (outer.children.length > 1 && !('hook' in outer.step))) return undefined
    if (outer.step.kind === 'ensure' && hook !== undefined && releasesIn(hook, useOf)) {
      return doesWork(hook) ? undefined : outer
    }
  }
  return undefined
}

/** A hook that works before it releases may be itself what the lock is for. */
function doesWork(hook: PlacedStep): boolean {
  return leavesOf(hook).some(({ step: { kind } }) => kind === 'task' || kind === 'run')
}

/** Whether anything is done after a claim, outside of the step that releases it. */
function isWorkAfter(claim: PlacedStep, outer: PlacedStep, tree: PlacedStep): boolean {
  return leavesOf(tree).some(
    leaf => leaf.step.kind !== 'get' && !isWithin(leaf, outer) && orderOf(claim, leaf).order === 'before'
  )
}
