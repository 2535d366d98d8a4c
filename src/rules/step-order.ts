import type { Step } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'

/** How what one step makes comes to another. */
export interface StepOrder {
  /**
   * `before`: it may be there when the other begins. `parallel`: it may be there, or come too late. `never`: it is not
   * there, since its step comes later, keeps it to itself, or made it only where the other does not run.
   */
  readonly order: 'before' | 'parallel' | 'never'
  /** Of the innermost step that holds both: what is closer is deeper. */
  readonly depth: number
}

/** How a step ended that had to end before another could begin. */
type Outcome = 'succeeded' | 'failed' | 'either'

/**
 * Whether what `maker` makes, an artifact or a local var, can be there when `taker` begins. All that can happen in a
 * build is said by where the two part: in a plan the later runs only if the earlier succeeded, a hook when its step
 * has ended as the hook's kind says, the branches of in_parallel at any time. Between tries nothing is taken away, yet
 * the first has only what came before it, so `attempts` parts nothing (concourse v8.3, atc/exec).
 */
export function orderOf(maker: PlacedStep, taker: PlacedStep): StepOrder {
  let [made, taken] = [maker, taker]
  while (made.depth > taken.depth && made.parent !== undefined) made = made.parent
  while (taken.depth > made.depth && taken.parent !== undefined) taken = taken.parent
  while (made.parent !== taken.parent && made.parent !== undefined && taken.parent !== undefined) {
    made = made.parent
    taken = taken.parent
  }
  const holder = made.parent
  if (holder === undefined || made === taken) return { order: 'never', depth: taken.depth }
  const { order, outcome } = partingAt(holder, made, taken)
  return { order: leaves(maker, made, outcome) ? order : 'never', depth: holder.depth }
}

/** How a step must have ended for what stands beside it to run: a later step of a plan, a hook, a branch. */
const endings: { readonly [K in Step['kind']]?: Outcome } = {
  in_parallel: 'either',
  on_failure: 'failed',
  on_abort: 'failed',
  on_error: 'failed',
  ensure: 'either'
}

interface Parting {
  readonly order: StepOrder['order']
  readonly outcome: Outcome
}

function partingAt({ step }: PlacedStep, made: PlacedStep, taken: PlacedStep): Parting {
  const outcome = endings[step.kind] ?? 'succeeded'
  // With a limit of 1 the branches run in their order, whether those before failed or not.
  if (step.kind === 'in_parallel' && step.limit !== 1) return { order: 'parallel', outcome }
  return { order: made.index < taken.index ? 'before' : 'never', outcome }
}

/** Whether what `maker` makes may be there once `outer`, a step round it, has ended so. */
function leaves(maker: PlacedStep, outer: PlacedStep, outcome: Outcome): boolean {
  const ended = outcomeWithin(maker, outer, outcome)
  // A task leaves its outputs also when it fails; a get that failed leaves nothing, and so does the get of a put.
  return ended !== undefined && (ended !== 'failed' || maker.step.kind === 'task')
}

/** How `node` has ended if `outer`, a step round it, ended so; undefined where nothing would be left of it. */
function outcomeWithin(node: PlacedStep, outer: PlacedStep, outcome: Outcome): Outcome | undefined {
  if (node === outer || node.parent === undefined) return outcome
  const ofHolder = outcomeWithin(node.parent, outer, outcome)
  return ofHolder === undefined ? undefined : outcomeOfChild(node.parent, node, ofHolder)
}

/** Which of its holder's children a step is. */
interface Place {
  readonly isHook: boolean
  readonly isLast: boolean
  readonly isOnly: boolean
}

type Passing = (outcome: Outcome, place: Place) => Outcome | undefined

// The step round such a hook fails all the same, however the hook ends.
const ofFailure: Passing = (outcome, { isHook }) => {
  if (!isHook) return outcome
  return outcome === 'succeeded' ? undefined : 'either'
}

/** How a child may have ended, by how the step that holds it ended; of other kinds, the same. */
const passings: { readonly [K in Step['kind']]?: Passing } = {
  across: () => undefined,
  try: () => 'either',
  // What a try left that failed is still there when a later one succeeds.
  attempts: outcome => (outcome === 'succeeded' ? 'either' : outcome),
  do: (outcome, { isLast }) => (outcome === 'failed' && !isLast ? 'either' : outcome),
  in_parallel: (outcome, { isOnly }) => (outcome === 'failed' && !isOnly ? 'either' : outcome),
  on_success: (outcome, { isHook }) => (outcome === 'failed' && !isHook ? 'either' : outcome),
  on_failure: ofFailure,
  on_abort: ofFailure,
  on_error: ofFailure,
  ensure: outcome => (outcome === 'failed' ? 'either' : outcome)
}

function outcomeOfChild(
  { step, children }: PlacedStep,
  { index }: PlacedStep,
  outcome: Outcome
): Outcome | undefined {
  const count = children.length
  const place = { isHook: index === 1, isLast: index === count - 1, isOnly: count === 1 }
  const pass = passings[step.kind]
  return pass === undefined ? outcome : pass(outcome, place)
}
