import {
  modifierOrder,
  type CoreStep,
  type Json,
  type JsonObject,
  type ModifierStep,
  type Step
} from './model.ts'
import type { Problems } from './shape.ts'
import type { CoreShape, CoreShapes } from './shape-core-step.ts'
import { text, wholeNumber } from './shape-scalars.ts'

/**
 * A step as plain data. Modifiers share the map of the step that they hold as long as they are nested in Concourse's
 * own order and no key says two things. Any other nesting gets a `do` in between, so that Concourse reads what is
 * meant.
 */
export function writeStep(outermost: Step, path: string, problems: Problems, cores: CoreShapes): JsonObject {
  const modifiers: ModifierStep[] = []
  let inner = outermost
  while (isModifier(inner) && isWithin(inner, modifiers.at(-1))) {
    modifiers.push(inner)
    inner = inner.step
  }
  const core: CoreStep =
    isModifier(inner) || clashes(inner, modifiers) ? { kind: 'do', steps: [inner] } : inner
  // The table's type ties each kind to its shape; the compiler can't follow that through an index.
  const shape = cores[core.kind] as CoreShape<CoreStep>
  const written: Record<string, Json> = { ...shape.write(core, path, problems) }
  for (const modifier of modifiers.toReversed()) {
    written[modifier.kind] = writeModifier(modifier, `${path}.${modifier.kind}`, problems, cores)
  }
  return written
}

function writeModifier(modifier: ModifierStep, path: string, problems: Problems, cores: CoreShapes): Json {
  switch (modifier.kind) {
    case 'attempts':
      return wholeNumber.write(modifier.attempts, path, problems)
    case 'timeout':
      return text.write(modifier.timeout, path, problems)
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      return writeStep(modifier.hook, path, problems, cores)
    default:
      return modifier satisfies never
  }
}

const modifierKinds: readonly string[] = modifierOrder

function isModifier(step: Step): step is ModifierStep {
  return modifierKinds.includes(step.kind)
}

/** Whether Concourse, finding both in one map, nests the one within the other. */
function isWithin(modifier: ModifierStep, outer: ModifierStep | undefined): boolean {
  return outer === undefined || modifierKinds.indexOf(modifier.kind) > modifierKinds.indexOf(outer.kind)
}

/** Steps whose time-out is a key of their own (concourse v8.3, atc/steps.go). */
export const withOwnTimeout: readonly string[] = ['run', 'task', 'put', 'get']

/** Whether a modifier's key would be taken for one of the step's own. */
function clashes(core: CoreStep, modifiers: readonly ModifierStep[]): boolean {
  return withOwnTimeout.includes(core.kind) && modifiers.some(modifier => modifier.kind === 'timeout')
}
