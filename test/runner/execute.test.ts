import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { HookKind, Job, Step } from '../../src/concourse/model.ts'
import { UserError } from '../../src/core/errors.ts'
import { failed, succeeded, type Ending } from '../../src/runner/ending.ts'
import { executeJob, type Executor } from '../../src/runner/execute.ts'
import { runLeaf } from '../../src/runner/leaf.ts'
import { planJob } from '../../src/runner/plan.ts'
import { Scope } from '../../src/runner/scope.ts'
import { Reference, type Deed, type Verdict } from './reference.ts'

const deeds: readonly Deed[] = ['ok', 'ok', 'ok', 'fail', 'error', 'abort', 'hang']
const hooks: readonly HookKind[] = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure']

const plans = fc.letrec<{ step: Step; leaf: Step }>(tie => ({
  leaf: fc
    .tuple(fc.constantFrom(...deeds), fc.integer({ min: 0, max: 99 }))
    .map(([deed, number]): Step => ({ kind: 'task', name: `${deed}-${number}` })),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('step'), { maxLength: 4 }).map((steps): Step => ({ kind: 'do', steps })),
    fc
      .tuple(fc.array(tie('step'), { maxLength: 4 }), fc.boolean())
      .map(([steps, fail_fast]): Step => ({ kind: 'in_parallel', steps, fail_fast, limit: 1 })),
    tie('step').map((step): Step => ({ kind: 'try', step })),
    tie('step').map((step): Step => ({ kind: 'timeout', step, timeout: '1h' })),
    fc
      .tuple(tie('step'), fc.integer({ min: 1, max: 3 }))
      .map(([step, attempts]): Step => ({ kind: 'attempts', step, attempts })),
    fc
      .tuple(fc.constantFrom(...hooks), tie('step'), tie('step'))
      .map(([kind, step, hook]): Step => ({ kind, step, hook }))
  )
}))

/** Runs a plan whose leaves only pretend, on a clock that `hang` puts forward. */
async function pretend(step: Step): Promise<{ ending: Ending; trace: readonly string[] }> {
  const controller = new AbortController()
  const trace: string[] = []
  const executor: Executor = {
    background: Scope.root(),
    enclose: (_title, frame, work) => work({ scope: frame.scope }),
    leaf: ({ name }, path, frame) =>
      runLeaf(path, frame.scope, undefined, async scope => {
        trace.push(name)
        const deed = name.split('-')[0] as Deed
        if (deed === 'fail') return failed({ path, message: name, exitCode: 4 })
        if (deed === 'error') throw new UserError('program', name)
        if (deed === 'abort') controller.abort()
        if (deed === 'hang') vi.advanceTimersByTime(3_600_000)
        scope.signal.throwIfAborted()
        return succeeded
      })
  }
  const job: Job = { name: 'job', plan: [step] }
  return { ending: await executeJob(planJob(job), { scope: Scope.root(controller.signal) }, executor), trace }
}

/** An ending in the terms of the reference. */
function verdictOf(ending: Ending): { ok: boolean; aborted: boolean; late: boolean; errored: boolean } {
  const isError = ending.kind === 'errored'
  return {
    ok: ending.kind === 'succeeded',
    errored: isError,
    aborted: isError && ending.aborted,
    late: isError && ending.late
  }
}

function sameTerms({ ok, err }: Verdict): ReturnType<typeof verdictOf> {
  const errored = err !== undefined
  return {
    ok: ok && !errored,
    errored,
    aborted: err?.has('canceled') === true,
    late: err?.has('deadline') === true
  }
}

it('ends every plan as Concourse does, having run the same steps', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await fc.assert(
      fc.asyncProperty(plans.step, async step => {
        const reference = new Reference()
        const expected = reference.run(step)
        const { ending, trace } = await pretend(step)
        expect(trace).toEqual(reference.trace)
        expect(verdictOf(ending)).toEqual(sameTerms(expected))
      }),
      { numRuns: 3000 }
    )
  } finally {
    vi.useRealTimers()
  }
})

it('names as the cause the leaf that was first to fail', async () => {
  const step: Step = {
    kind: 'ensure',
    step: {
      kind: 'do',
      steps: [
        { kind: 'task', name: 'ok-1' },
        { kind: 'task', name: 'fail-2' }
      ]
    },
    hook: { kind: 'task', name: 'error-3' }
  }
  const { ending } = await pretend(step)
  expect(ending).toMatchObject({ kind: 'errored', cause: { path: 'jobs.job.plan[0].do[1].task(fail-2)' } })
})
