import type { GetStep, JsonObject, PutStep, TaskStep } from '../concourse/model.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import { isMap } from '../concourse/json.ts'
import type { Report, Rule } from './rule.ts'

/** Concourse hands it to the task as text, or to the resource, and no hook ever runs. */
export const hookInParams: Rule = {
  code: 'hook-in-params',
  summary: 'A hook stands in the params of a step, two blanks too far to the right.',
  level: 'error',
  step: { get: checkParams, put: checkParams, task: checkParams }
}

const hooks = new Set(['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'])
const steps = ['get', 'put', 'task', 'do', 'in_parallel', 'try', 'set_pipeline', 'load_var']

function checkParams({ step, path }: PlacedStep<GetStep | PutStep | TaskStep>, report: Report): void {
  const params: JsonObject = step.params ?? {}
  for (const hook in params) {
    const value = params[hook]
    if (!hooks.has(hook) || !isMap(value) || !steps.some(key => key in value)) continue
    report(`${path}.params.${hook}`, `found ${hook} with a step in the params, expected it beside them`, {
      hint: 'indent it as params is'
    })
  }
}
