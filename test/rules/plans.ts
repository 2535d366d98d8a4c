import fc from 'fast-check'
import type { HookKind, Step } from '../../src/concourse/model.ts'

export const hooks: readonly HookKind[] = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure']

const artifact = fc.constantFrom('a', 'b', 'c')

/** Plans of few steps, with these kinds of hook and with tries or without; every task has a name of its own. */
export function plans(
  kinds: readonly HookKind[] = hooks,
  { tries = true } = {}
): fc.Arbitrary<readonly Step[]> {
  const { plan } = fc.letrec<{ plan: readonly Step[]; step: Step }>(tie => ({
    plan: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    step: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc
        .record({ takes: fc.array(artifact, { maxLength: 1 }), makes: fc.array(artifact, { maxLength: 1 }) })
        .map(task),
      artifact.map((name): Step => ({ kind: 'get', name })),
      tie('plan').map((steps): Step => ({ kind: 'do', steps })),
      tie('plan').map((steps): Step => ({ kind: 'in_parallel', steps, limit: 1 })),
      ...(tries ? [tie('step').map((step): Step => ({ kind: 'try', step }))] : []),
      tie('step').map((step): Step => ({ kind: 'across', across: [{ var: 'v', values: [1] }], step })),
      fc
        .record({ kind: fc.constantFrom(...kinds), step: tie('step'), hook: tie('step') })
        .map((step): Step => step)
    )
  }))
  return plan.map(steps => steps.map(numbered(1)))
}

function task({
  takes,
  makes
}: {
  readonly takes: readonly string[]
  readonly makes: readonly string[]
}): Step {
  const named = (names: readonly string[]) => names.map(name => ({ name }))
  const config = { platform: 'linux', inputs: named(takes), outputs: named(makes), run: { path: 'true' } }
  return { kind: 'task', name: 't', config }
}

/** Gives each task a number, so that it can be told from others. */
function numbered(first: number): (step: Step) => Step {
  let next = first
  const number = (step: Step): Step => {
    if (step.kind === 'task') return { ...step, name: `t${next++}` }
    if (step.kind === 'do' || step.kind === 'in_parallel') return { ...step, steps: step.steps.map(number) }
    if ('hook' in step) return { ...step, step: number(step.step), hook: number(step.hook) }
    return 'step' in step ? { ...step, step: number(step.step) } : step
  }
  return number
}

const outcomes = ['succeeded', 'failed', 'errored', 'aborted'] as const
type Outcome = (typeof outcomes)[number]

/** How far a build may have come: how the last step ended, and what artifacts there are then. */
interface State {
  readonly outcome: Outcome
  readonly there: ReadonlySet<string>
}

/**
 * The needs that some build of the plan meets, `<task> <artifact>`: plays all builds there are, by the words of
 * concourse v8.3, atc/exec, and not by where steps part. Steps that lack something may end in any way here too.
 */
export function buildsOf(plan: readonly Step[], ends: readonly Outcome[] = outcomes): Builds {
  const how = { met: new Set<string>(), reached: new Set<string>(), ends }
  play({ kind: 'do', steps: plan }, new Set(), how)
  return how
}

export interface Builds {
  readonly met: ReadonlySet<string>
  /** The needs of steps that some build comes to. */
  readonly reached: ReadonlySet<string>
}

interface Play {
  readonly met: Set<string>
  readonly reached: Set<string>
  readonly ends: readonly Outcome[]
}

function play(step: Step, there: ReadonlySet<string>, how: Play): readonly State[] {
  switch (step.kind) {
    case 'get':
      return how.ends.map(outcome => ({
        outcome,
        there: outcome === 'succeeded' ? new Set([...there, step.name]) : there
      }))
    case 'task': {
      for (const { name } of step.config?.inputs ?? []) {
        how.reached.add(`${step.name} ${name}`)
        if (there.has(name)) how.met.add(`${step.name} ${name}`)
      }
      const made = new Set([...there, ...(step.config?.outputs ?? []).map(({ name }) => name)])
      return how.ends.map(outcome => ({ outcome, there: made }))
    }
    case 'do':
      return inOrder(step.steps, there, how, outcome => outcome === 'succeeded')
    case 'in_parallel':
      return inOrder(step.steps, there, how, outcome => outcome !== 'aborted')
    case 'try':
      return play(step.step, there, how).map(state =>
        state.outcome === 'aborted' ? state : { ...state, outcome: 'succeeded' }
      )
    case 'across':
      return play(step.step, there, how).map(({ outcome }) => ({ outcome, there }))
    case 'on_success':
      return hooked(
        step.step,
        step.hook,
        there,
        how,
        outcome => outcome === 'succeeded',
        (_, hook) => hook
      )
    case 'on_failure':
      return hooked(step.step, step.hook, there, how, outcome => outcome === 'failed')
    case 'on_error':
      return hooked(step.step, step.hook, there, how, outcome => outcome === 'errored')
    case 'on_abort':
      return hooked(step.step, step.hook, there, how, outcome => outcome === 'aborted')
    case 'ensure':
      return hooked(
        step.step,
        step.hook,
        there,
        how,
        () => true,
        (own, hook) => (own === 'succeeded' ? hook : own)
      )
    case 'put':
    case 'load_var':
    case 'set_pipeline':
    case 'run':
    case 'timeout':
    case 'attempts':
      throw new Error(`no ${step.kind} here`)
  }
}

/** One step after the other, as long as `goesOn` with how the last one ended; the worst outcome is that of all. */
function inOrder(
  steps: readonly Step[],
  there: ReadonlySet<string>,
  how: Play,
  goesOn: (outcome: Outcome) => boolean
): readonly State[] {
  return steps.reduce<readonly State[]>(
    (states, step) =>
      distinct(
        states.flatMap(state =>
          goesOn(state.outcome)
            ? play(step, state.there, how).map(next => ({
                ...next,
                outcome: worse(state.outcome, next.outcome)
              }))
            : [state]
        )
      ),
    [{ outcome: 'succeeded', there }]
  )
}

function worse(one: Outcome, other: Outcome): Outcome {
  return outcomes[Math.max(outcomes.indexOf(one), outcomes.indexOf(other))] ?? one
}

function hooked(
  step: Step,
  hook: Step,
  there: ReadonlySet<string>,
  how: Play,
  runs: (outcome: Outcome) => boolean,
  ended: (own: Outcome, hook: Outcome) => Outcome = own => own
): readonly State[] {
  const states = play(step, there, how).flatMap(state =>
    runs(state.outcome)
      ? play(hook, state.there, how).map(next => ({ ...next, outcome: ended(state.outcome, next.outcome) }))
      : [state]
  )
  return distinct(states)
}

function distinct(states: readonly State[]): readonly State[] {
  const keyOf = ({ outcome, there }: State) => `${outcome} ${[...there].sort().join(' ')}`
  return [...new Map(states.map(state => [keyOf(state), state])).values()]
}
