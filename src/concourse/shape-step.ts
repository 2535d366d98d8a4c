import { modifierOrder, type CoreStep, type ModifierStep, type Step } from './model.ts'
import type { Reading, Shape } from './shape.ts'
import { entriesOf } from './shape-collections.ts'
import { coreShapes } from './shape-core-step.ts'
import type { Spot } from './shape-object.ts'
import { text, wholeNumber } from './shape-scalars.ts'
import { coreOrder, reportNoCore, reportNotYet, reportOtherSteps, type CoreKey } from './step-findings.ts'
import { withOwnTimeout, writeStep } from './write-step.ts'
import type { MapNode, YamlNode } from './yaml-node.ts'

/**
 * A step with the modifiers round it, which share one map. Concourse takes the map apart by the keys that it finds, in
 * a fixed order: the modifiers from outside in, then the step (concourse v8.3, atc/steps.go, StepPrecedence).
 */
export const step: Shape<Step> = {
  expected: 'a step',
  read: readStep,
  write: (value, path, problems) => writeStep(value, path, problems, cores)
}

const cores = coreShapes(step, modifierOrder)

function readStep(node: YamlNode, path: string, reading: Reading): Step | undefined {
  const entries = entriesOf(node, path, reading, step.expected)
  if (entries === undefined) return undefined
  const spot = { path, at: node.at, reading }
  const found = coreOrder.filter(key => entries.has(key))
  const [core, ...others] = found
  const modifiers = modifierOrder.filter(
    key => entries.has(key) && !(key === 'timeout' && core !== undefined && withOwnTimeout.includes(core))
  )
  reportOtherSteps(found, entries, spot)
  if (entries.has('across')) reportNotYet('across', entries, spot)
  const elsewhere: readonly string[] = [...modifiers, ...others, 'across']
  const own = new Map([...entries].filter(([key]) => !elsewhere.includes(key)))
  return modifiers.reduceRight<Step | undefined>(
    (inner, modifier) => readModifier(modifier, entries, inner, spot),
    readCore(core, own, spot)
  )
}

function readCore(key: CoreKey | undefined, own: MapNode['entries'], spot: Spot): CoreStep | undefined {
  if (key !== undefined && isCarried(key)) return cores[key].read(own, spot)
  if (key === undefined) reportNoCore(own, spot)
  else reportNotYet(key, own, spot)
  return undefined
}

function isCarried(key: CoreKey): key is CoreStep['kind'] {
  return key in cores
}

/** Puts a modifier round a step. It is read also where the step could not be, so that all findings are told. */
function readModifier(
  kind: ModifierStep['kind'],
  entries: MapNode['entries'],
  inner: Step | undefined,
  { path: at, reading }: Spot
): Step | undefined {
  const entry = entries.get(kind)
  if (entry === undefined) return inner
  const path = `${at}.${kind}`
  reading.place(path, entry.at)
  if (kind === 'attempts') {
    const attempts = wholeNumber.read(entry.value, path, reading)
    return inner && attempts !== undefined ? { kind, step: inner, attempts } : undefined
  }
  if (kind === 'timeout') {
    const timeout = text.read(entry.value, path, reading)
    return inner && timeout !== undefined ? { kind, step: inner, timeout } : undefined
  }
  const hook = step.read(entry.value, path, reading)
  return inner && hook && { kind, step: inner, hook }
}
