import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import type { Spot } from './shape-object.ts'
import type { MapNode } from './yaml-node.ts'

/**
 * The order in which Concourse looks for a step's kind: of two of these keys in one map, the first is the step and
 * the second is unknown (concourse v8.3, atc/steps.go, StepPrecedence).
 */
export const coreOrder = [
  'run',
  'task',
  'put',
  'get',
  'set_pipeline',
  'load_var',
  'try',
  'do',
  'in_parallel'
] as const

export type CoreKey = (typeof coreOrder)[number]

/** Reports the keys of further steps in the map of one. */
export function reportOtherSteps(keys: readonly CoreKey[], entries: MapNode['entries'], spot: Spot): void {
  const [first, ...others] = keys
  for (const other of others) {
    spot.reading.report({
      code: 'two-core-steps',
      path: spot.path,
      message: `found ${first ?? ''} and ${other} in one step, expected one of them`,
      hint: 'make two steps of it',
      at: entries.get(other)?.at ?? spot.at
    })
  }
}

/** Reports a map without the key of any step; `own` are its keys besides modifiers. */
export function reportNoCore(own: MapNode['entries'], { path, at, reading }: Spot): void {
  const expected = `expected one of ${coreOrder.join(', ')}`
  const [first] = own.values()
  if (first === undefined) {
    reading.report({ code: 'no-core-step', path, message: `found no step, ${expected}`, at })
    return
  }
  const keys = [...own.keys()]
  const meant = keys.map(meantBy).find(word => word !== undefined)
  reading.report({
    code: 'unknown-step',
    path,
    message: `found ${keys.join(', ')}, ${expected}`,
    ...given('hint', meant && `write ${meant}`),
    at: first.at
  })
}

function meantBy(key: string): string | undefined {
  // Concourse 8 no longer knows it.
  return key === 'aggregate' ? 'in_parallel' : nearestName(key, coreOrder)
}
