import { coreShapes } from './core-steps.ts'
import type { KeyForm } from './form.ts'
import { modifierOrder, type CoreStep, type Modifiers, type ModifierStep, type Step } from './model.ts'
import { modifierFields } from './schema-modifier.ts'
import type { Reading, Shape } from './shape.ts'
import { entriesOf } from './shape-collections.ts'
import { FieldTable, type Spot } from './shape-object.ts'
import { coreOrder, reportNoCore, reportOtherSteps, type CoreKey } from './step-findings.ts'
import { withOwnTimeout, writeStep } from './write-step.ts'
import type { MapNode, YamlNode } from './yaml-node.ts'

/**
 * A step with the modifiers round it, which share one map. Concourse takes the map apart by the keys that it finds, in
 * a fixed order: the modifiers from outside in, then the step (concourse v8.3, atc/steps.go, StepPrecedence).
 */
export const step: Shape<Step> = {
  expected: 'a step',
  form: { kind: 'step' },
  read: readStep,
  write: (value, path, problems) => writeStep(value, path, problems, { cores, modifiers })
}

const modifiers = new FieldTable<Modifiers>(modifierFields(step), { called: 'a step' })
const cores = coreShapes(step, [...modifierOrder, 'fail_fast'])

/** The rows of what may stand round a step. */
export const modifierRows: readonly KeyForm[] = modifiers.keys

/** Each kind of step: its TypeScript interface, and the rows of its map. */
export const coreForms = coreOrder.map(kind => ({ kind, form: cores[kind].form, rows: cores[kind].rows }))

function readStep(node: YamlNode, path: string, reading: Reading): Step | undefined {
  const entries = entriesOf(node, path, reading, step.expected)
  if (entries === undefined) return undefined
  const spot = { path, at: node.at, reading }
  const found = coreOrder.filter(key => entries.has(key))
  const [core, ...others] = found
  reportOtherSteps(found, entries, spot)
  const round = modifierOrder.filter(
    key => entries.has(key) && !(key === 'timeout' && core !== undefined && withOwnTimeout.includes(core))
  )
  const elsewhere: readonly string[] = [
    ...round,
    ...others,
    ...(round.includes('across') ? ['fail_fast'] : [])
  ]
  const own =
    elsewhere.length === 0 ? entries : new Map([...entries].filter(([key]) => !elsewhere.includes(key)))
  return round.reduceRight<Step | undefined>(
    (inner, modifier) => readModifier(modifier, entries, inner, spot),
    readCore(core, own, spot)
  )
}

function readCore(key: CoreKey | undefined, own: MapNode['entries'], spot: Spot): CoreStep | undefined {
  if (key !== undefined) return cores[key].read(own, spot)
  reportNoCore(own, spot)
  return undefined
}

/** Puts a modifier round a step. It is read also where the step could not be, so that all findings are told. */
function readModifier(
  kind: ModifierStep['kind'],
  entries: MapNode['entries'],
  inner: Step | undefined,
  spot: Spot
): Step | undefined {
  const entry = entries.get(kind)
  if (entry === undefined) return inner
  switch (kind) {
    case 'attempts': {
      const attempts = modifiers.readOne(kind, entry, spot)
      return inner && attempts !== undefined ? { kind, step: inner, attempts } : undefined
    }
    case 'timeout': {
      const timeout = modifiers.readOne(kind, entry, spot)
      return inner && timeout !== undefined ? { kind, step: inner, timeout } : undefined
    }
    case 'across': {
      const across = modifiers.readOne(kind, entry, spot)
      const failFast = entries.get('fail_fast')
      const fail_fast = failFast && modifiers.readOne('fail_fast', failFast, spot)
      if (inner === undefined || across === undefined) return undefined
      return { kind, step: inner, across, ...(fail_fast === undefined ? {} : { fail_fast }) }
    }
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure': {
      const hook = modifiers.readOne(kind, entry, spot)
      return inner && hook && { kind, step: inner, hook }
    }
    default:
      return kind satisfies never
  }
}
