import type { AcrossVar } from './model.generated.ts'
import type { Modifiers, Step } from './model.ts'
import type { Shape } from './shape.ts'
import { listOf } from './shape-collections.ts'
import { json } from './shape-json.ts'
import { object, type Fields } from './shape-object.ts'
import { flag, scalarOr, someOrAll, text, wholeNumber, wholeVar } from './shape-scalars.ts'

// The tables of what may stand round a step, in one map with it (concourse v8.3, atc/steps.go).

const acrossVar = object<AcrossVar>(
  { name: 'AcrossVar', called: 'a var of across', doc: 'A local var, and what it is in each iteration.' },
  {
    var: { shape: text, required: true, doc: 'Its name: ((.:name)) within the step.' },
    values: {
      shape: scalarOr(wholeVar, listOf(json)),
      doc: 'One for each iteration, or a var that holds them.',
      default: '[]'
    },
    max_in_flight: { shape: someOrAll, doc: 'How many iterations may run at a time.', default: '1' }
  }
)

/** The keys of modifiers, given the shape of the steps in them. */
export function modifierFields(step: Shape<Step>): Fields<Modifiers> {
  return {
    across: {
      shape: listOf(acrossVar),
      since: '6.5',
      doc: 'Runs the step once for each combination of values; what it makes stays within.'
    },
    fail_fast: {
      shape: flag,
      since: '6.5',
      doc: 'Whether across starts no further iteration after one has failed.',
      default: 'false'
    },
    attempts: { shape: wholeNumber, doc: 'How often it is tried in all, until it succeeds.', default: '1' },
    timeout: { shape: text, doc: 'How long it may take, e.g. 1h30m; then it fails.', default: 'for ever' },
    on_success: { shape: step, doc: 'When it has succeeded.' },
    on_failure: { shape: step, doc: 'When it has failed, or its time ran out.' },
    on_abort: { shape: step, doc: 'When the build was aborted meanwhile.' },
    on_error: {
      shape: step,
      since: '5.1',
      doc: 'When it could not run to its end, e.g. for want of a worker.'
    },
    ensure: { shape: step, doc: 'Whatever the outcome, and after its other hooks.' }
  }
}
