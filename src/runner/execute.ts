import type { GetStep, InParallelStep, PutStep, TaskStep } from '../concourse/model.ts'
import { Duration } from '../core/duration.ts'
import {
  interrupted,
  interruptionOf,
  succeeded,
  timedOut,
  type Ending,
  type Errored,
  type Failed
} from './ending.ts'
import { runHooked } from './hooks.ts'
import type { JobPlan, PlanNode } from './plan.ts'
import type { Scope } from './scope.ts'

/** Where a step runs. */
export interface Frame {
  readonly scope: Scope
  /** Number of the step round it, unless it stands in the plan itself. */
  readonly parent?: number
  /** Which try this is, counted from 1. */
  readonly attempt?: number
}

/** A step that does something by itself. */
export type LeafStep = GetStep | PutStep | TaskStep

/** What a step is called in events. */
export interface StepTitle {
  readonly path: string
  readonly stepKind: string
  readonly name: string
}

/** What the walk through a plan leaves to others. */
export interface Executor {
  /** Runs a get, put or task. */
  readonly leaf: (step: LeafStep, path: string, frame: Frame) => Promise<Ending>
  /** Says that a step round others begins and how it ended. */
  readonly enclose: (
    title: StepTitle,
    frame: Frame,
    work: (inner: Frame) => Promise<Ending>
  ) => Promise<Ending>
  /** The scope of hooks whose step's scope has ended. */
  readonly background: Scope
}

/** Runs a job: its plan in order, then its hooks. */
export async function executeJob(plan: JobPlan, frame: Frame, executor: Executor): Promise<Ending> {
  let run = (): Promise<Ending> => inOrder(plan.steps, frame, executor)
  for (const { kind, hook } of plan.hooks) {
    const step = run
    run = () => withHook({ kind, path: plan.path, step, hook }, frame, executor)
  }
  return run()
}

/** Runs one step of a plan with all that is in it. Never throws for what a step did. */
export async function execute(node: PlanNode, frame: Frame, executor: Executor): Promise<Ending> {
  const { step, path } = node
  const enclose = (work: (inner: Frame) => Promise<Ending>): Promise<Ending> =>
    executor.enclose({ path, stepKind: step.kind, name: step.kind }, frame, work)
  switch (step.kind) {
    case 'get':
    case 'put':
    case 'task':
      return executor.leaf(step, path, frame)
    case 'do':
      return enclose(inner => inOrder(node.inner, inner, executor))
    case 'in_parallel':
      return enclose(inner => inParallel(node, step, inner, executor))
    case 'try':
      return enclose(inner => attempt(node, inner, executor))
    case 'attempts':
      return enclose(inner => retried(node, step.attempts, inner, executor))
    case 'timeout':
      return limited(node, Duration.parse(step.timeout), frame, executor)
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure': {
      const [wrapped, hook] = node.inner
      if (wrapped === undefined || hook === undefined) throw new Error(`${path}: a hook without its step`)
      const runStep = (): Promise<Ending> => execute(wrapped, frame, executor)
      return withHook({ kind: step.kind, path, step: runStep, hook }, frame, executor)
    }
    case 'set_pipeline':
    case 'load_var':
    case 'run':
    case 'across':
      // The inspection before the run has refused these.
      throw new Error(`${path}: found ${step.kind}, which only Concourse runs`)
    default:
      return step satisfies never
  }
}

async function inOrder(nodes: readonly PlanNode[], frame: Frame, executor: Executor): Promise<Ending> {
  for (const node of nodes) {
    const ending = await execute(node, frame, executor)
    if (ending.kind !== 'succeeded') return ending
  }
  return succeeded
}

/** A tried step always succeeds, unless it was aborted (concourse v8.3, atc/exec/try_step.go). */
async function attempt(node: PlanNode, frame: Frame, executor: Executor): Promise<Ending> {
  const ending = await inOrder(node.inner, frame, executor)
  return ending.kind === 'errored' && ending.aborted ? ending : succeeded
}

/** Tries until one succeeds; errors are tried again as failures are (concourse v8.3, atc/exec/retry_step.go). */
async function retried(node: PlanNode, tries: number, frame: Frame, executor: Executor): Promise<Ending> {
  let last: Ending = succeeded
  for (let number = 1; number <= tries; number += 1) {
    last = await inOrder(node.inner, { ...frame, attempt: number }, executor)
    const { interruption } = frame.scope
    if (interruption !== undefined) {
      const cause = last.kind === 'succeeded' ? interruptionOf(node.path, interruption) : last.cause
      return interrupted(interruption, cause)
    }
    if (last.kind === 'succeeded') return last
  }
  return last
}

/** A step that did not end in time has failed, whatever it made of it (concourse v8.3, atc/exec/timeout_step.go). */
async function limited(node: PlanNode, limit: Duration, frame: Frame, executor: Executor): Promise<Ending> {
  const scope = frame.scope.within(limit)
  const ending = await inOrder(node.inner, { ...frame, scope }, executor)
  scope.close()
  return ending.kind === 'errored' && ending.late ? timedOut(ending.cause) : ending
}

/**
 * Runs steps side by side. Those that `fail_fast` ends have not failed themselves, and what has not begun by then never
 * does (concourse v8.3, atc/exec/in_parallel.go).
 */
async function inParallel(
  node: PlanNode,
  step: InParallelStep,
  frame: Frame,
  executor: Executor
): Promise<Ending> {
  const scope = frame.scope.within()
  const waiting = [...node.inner]
  let failure: Failed | Errored | undefined
  let error: Errored | undefined
  const lane = async (): Promise<void> => {
    for (;;) {
      const next = scope.interruption === undefined ? waiting.shift() : undefined
      if (next === undefined) return
      const ending = await execute(next, { ...frame, scope }, executor)
      if (ending.kind === 'succeeded') continue
      failure ??= ending
      if (ending.kind === 'errored' && !ending.aborted) error ??= ending
      if (step.fail_fast === true) scope.cancel()
    }
  }
  const lanes = step.limit !== undefined && step.limit > 0 ? step.limit : waiting.length
  await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, lane))
  scope.close()
  return joined(node.path, frame.scope, failure, error)
}

function joined(
  path: string,
  scope: Scope,
  failure: Failed | Errored | undefined,
  error: Errored | undefined
): Ending {
  if (scope.interruption !== undefined) {
    return interrupted(scope.interruption, failure?.cause ?? interruptionOf(path, scope.interruption))
  }
  if (failure === undefined) return succeeded
  if (error !== undefined) return { ...error, cause: failure.cause }
  return failure.kind === 'failed' ? failure : { kind: 'failed', timedOut: false, cause: failure.cause }
}

interface HookOf {
  readonly kind: Parameters<typeof runHooked>[0]['kind']
  readonly path: string
  readonly step: () => Promise<Ending>
  readonly hook: PlanNode
}

function withHook({ kind, path, step, hook }: HookOf, frame: Frame, executor: Executor): Promise<Ending> {
  return runHooked({
    kind,
    path,
    step,
    scope: frame.scope,
    background: executor.background,
    hook: scope =>
      executor.enclose({ path: `${path}.${kind}`, stepKind: kind, name: kind }, { ...frame, scope }, inner =>
        execute(hook, inner, executor)
      )
  })
}
