import { given } from '../core/given.ts'
import { jsonOf, type Data } from './data.ts'
import type { AcrossVar, Step } from './model.ts'
import { modify, type HookOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import { isVariable, textOf, type Variable } from './variable.ts'

/** A local var, and what it is in each iteration. */
export interface AcrossVarOptions {
  /** Its name; within the step it is `localVariable(name)`. */
  readonly var: string
  /** One for each iteration, or a var that holds them. */
  readonly values?: readonly Data[] | Variable
  /** How many iterations may run at a time. @default 1 */
  readonly maxInFlight?: number | 'all'
}

export interface AcrossOptions extends HookOptions {
  /** Whether no further iteration starts after one has failed. @default false */
  readonly failFast?: boolean
}

/** Runs a step once for each combination of values. What it makes stays within. Hooks run once, after all of them. */
export function across(vars: readonly AcrossVarOptions[], step: Step, options: AcrossOptions = {}): Step {
  const repeated: Step = {
    kind: 'across',
    step,
    across: vars.map(acrossVar),
    ...given('fail_fast', options.failFast)
  }
  remember(repeated, across, options.allow)
  return modify(repeated, options)
}

function acrossVar({ var: name, values, maxInFlight }: AcrossVarOptions): AcrossVar {
  return {
    var: name,
    ...given('values', isVariable(values) ? textOf(values) : values?.map(value => jsonOf(value))),
    ...given('max_in_flight', maxInFlight)
  }
}
