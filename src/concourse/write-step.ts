import type { CoreShape } from './shape-core-step.ts'
import type { CoreShapes } from './core-steps.ts'
import {
  modifierOrder,
  type CoreStep,
  type JsonObject,
  type Modifiers,
  type ModifierStep,
  type Step
} from './model.ts'
import type { Problems } from './shape.ts'
import type { FieldTable } from './shape-object.ts'

/** What the writer needs of the tables. */
export interface StepTables {
  readonly cores: CoreShapes
  readonly modifiers: FieldTable<Modifiers>
}

/**
 * A step as plain data. Modifiers share the map of the step that they hold as long as they are nested in Concourse's
 * own order and no key says two things. Any other nesting gets a `do` in between, so that Concourse reads what is
 * meant.
 */
export function writeStep(outermost: Step, path: string, problems: Problems, tables: StepTables): JsonObject {
  const round: ModifierStep[] = []
  let inner = outermost
  while (isModifier(inner) && isWithin(inner, round.at(-1))) {
    round.push(inner)
    inner = inner.step
  }
  const core: CoreStep = isModifier(inner) || clashes(inner, round) ? { kind: 'do', steps: [inner] } : inner
  // The table's type ties each kind to its shape; the compiler can't follow that through an index.
  const shape = tables.cores[core.kind] as CoreShape<CoreStep>
  const written = shape.write(core, path, problems)
  for (const modifier of round.reverse()) {
    tables.modifiers.writeInto(written, asKeys(modifier), path, problems)
  }
  return written
}

/** The keys of a modifier in the map of its step. */
function asKeys(modifier: ModifierStep): Modifiers {
  switch (modifier.kind) {
    case 'attempts':
      return { attempts: modifier.attempts }
    case 'timeout':
      return { timeout: modifier.timeout }
    case 'across': {
      const { across, fail_fast } = modifier
      return fail_fast === undefined ? { across } : { across, fail_fast }
    }
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure':
      return { [modifier.kind]: modifier.hook }
    default:
      return modifier satisfies never
  }
}

const modifierKinds: readonly string[] = modifierOrder
const modifiers: ReadonlySet<string> = new Set(modifierOrder)

function isModifier(step: Step): step is ModifierStep {
  return modifiers.has(step.kind)
}

/** Whether Concourse, finding both in one map, nests the one within the other. */
function isWithin(modifier: ModifierStep, outer: ModifierStep | undefined): boolean {
  return outer === undefined || modifierKinds.indexOf(modifier.kind) > modifierKinds.indexOf(outer.kind)
}

/** Steps whose time-out is a key of their own (concourse v8.3, atc/steps.go). */
export const withOwnTimeout: readonly string[] = ['run', 'task', 'put', 'get']

/** Whether a modifier's key would be taken for one of the step's own. */
function clashes(core: CoreStep, round: readonly ModifierStep[]): boolean {
  return round.some(modifier => modifier.kind === 'timeout') && withOwnTimeout.includes(core.kind)
}
