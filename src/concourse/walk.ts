import type { HookKind, HookStep, Job, NamedStep, RunStep, Step } from './model.ts'

/** What to do at each kind of step. A new kind in the model is a compile error here until it is said. */
export type StepVisitor<T> = { readonly [K in Step['kind']]: (step: StepOfKind<K>) => T }

/** The kinds of hook share one type. */
export type StepOfKind<K extends Step['kind']> = K extends HookKind ? HookStep : Extract<Step, { kind: K }>

export function visitStep<T>(step: Step, visitor: StepVisitor<T>): T {
  // The map's type ties each kind to its step; the compiler can't follow that through an index.
  const visit = visitor[step.kind] as (step: Step) => T
  return visit(step)
}

const hookKinds = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const

/** Visits every step of a job, outside before inside, where its place does not matter. */
export function visitSteps(job: Job, visit: (step: Step) => void): void {
  const within = (step: Step): void => {
    visit(step)
    for (const inner of childrenOf(step)) within(inner)
  }
  job.plan.forEach(within)
  for (const hook of hookKinds) if (job[hook] !== undefined) within(job[hook])
}

const noSteps: readonly Step[] = []
const nothingIn = () => noSteps
const heldIn = ({ step }: { readonly step: Step }) => [step]
const heldAndHookIn = ({ step, hook }: HookStep) => [step, hook]

const children: StepVisitor<readonly Step[]> = {
  get: nothingIn,
  put: nothingIn,
  task: nothingIn,
  set_pipeline: nothingIn,
  load_var: nothingIn,
  run: nothingIn,
  do: ({ steps }) => steps,
  in_parallel: ({ steps }) => steps,
  try: heldIn,
  timeout: heldIn,
  attempts: heldIn,
  across: heldIn,
  on_success: heldAndHookIn,
  on_failure: heldAndHookIn,
  on_abort: heldAndHookIn,
  on_error: heldAndHookIn,
  ensure: heldAndHookIn
}

/** The steps directly inside a step; of a hook and its step, the hook is the second. */
export function childrenOf(step: Step): readonly Step[] {
  return visitStep(step, children)
}

/** What the place of a child adds to the path of the step that holds it. A modifier adds nothing to that of its step. */
export function childKey({ kind }: Step, index: number): string {
  if (kind === 'do') return `[${index}]`
  if (kind === 'in_parallel') return `.steps[${index}]`
  return index === 0 ? '' : `.${kind}`
}

/** The words by which steps are told apart. */
export const stepKinds: ReadonlySet<string> = new Set(Object.keys(children))

/** The path of a step, given its place in the plan. A modifier has none but its place. */
export function stepPath(step: Step, at: string): string {
  return `${at}${visitStep(step, suffixes)}`
}

const kindAndName = ({ kind, name }: NamedStep) => `.${kind}(${name})`
const message = ({ kind, type, name }: RunStep) => `.${kind}(${type}.${name})`
const kindAlone = ({ kind }: Step) => `.${kind}`
const nothing = () => ''

const suffixes: StepVisitor<string> = {
  get: kindAndName,
  put: kindAndName,
  task: kindAndName,
  set_pipeline: kindAndName,
  load_var: kindAndName,
  run: message,
  do: kindAlone,
  in_parallel: kindAlone,
  try: kindAlone,
  timeout: nothing,
  attempts: nothing,
  across: kindAlone,
  on_success: nothing,
  on_failure: nothing,
  on_abort: nothing,
  on_error: nothing,
  ensure: nothing
}
