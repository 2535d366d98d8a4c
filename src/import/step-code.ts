import { modifierOrder, type CoreStep, type ModifierStep, type Step } from '../concourse/model.ts'
import { call, list, object, optional, raw, text, type Code } from './code.ts'
import { dataCode, optionalTexts, timeCode } from './data-code.ts'
import { leafCode, named, type Options } from './leaf-step-code.ts'
import { commented, fixedText, type Scope } from './scope.ts'

/** The call that makes a step. */
export function stepCode(step: Step, scope: Scope): Code {
  const round: Record<string, Code> = {}
  let inner = step
  let rank = -1
  while (isModifier(inner)) {
    const own = modifierOrder.indexOf(inner.kind)
    // Constructors nest as Concourse does; any other nesting needs a step between.
    if (own <= rank)
      return named(
        call(
          'inOrder',
          list([inner], one => stepCode(one, scope)),
          object(round)
        ),
        'steps'
      )
    rank = own
    if (inner.kind === 'across') {
      const failFast = optional(inner.fail_fast, raw)
      const vars = list(inner.across, ({ var: variable, values, max_in_flight: most }) =>
        object({
          var: text(variable),
          values: optional(values, value =>
            typeof value === 'string' ? wholeVar(value) : list(value, item => dataCode(item, scope, variable))
          ),
          maxInFlight: optional(most, count => (count === 'all' ? fixedText('all') : raw(count)))
        })
      )
      return named(
        call('across', vars, stepCode(inner.step, scope), object({ failFast, ...round })),
        'across'
      )
    }
    Object.assign(round, modifierOption(inner, scope))
    inner = inner.step
  }
  return coreCode(inner, inReadingOrder(round), scope)
}

function isModifier(step: Step): step is ModifierStep {
  return modifierOrder.some(kind => kind === step.kind)
}

function wholeVar(value: string): Code {
  return call('variable', text(value.slice(2, -2)))
}

const hookOptions = {
  on_success: 'onSuccess',
  on_failure: 'onFailure',
  on_abort: 'onAbort',
  on_error: 'onError',
  ensure: 'ensure'
} as const

function modifierOption(step: Exclude<ModifierStep, { kind: 'across' }>, scope: Scope): Record<string, Code> {
  switch (step.kind) {
    case 'timeout':
      return { timeout: timeCode(step.timeout) }
    case 'attempts':
      return { attempts: raw(step.attempts) }
    case 'on_success':
    case 'on_failure':
    case 'on_abort':
    case 'on_error':
    case 'ensure': {
      const option = hookOptions[step.kind]
      return { [option]: hookCode(step.hook, option, scope) }
    }
    default:
      return step satisfies never
  }
}

/** A hook of a step or job. */
export function hookCode(
  step: Step,
  option: (typeof hookOptions)[keyof typeof hookOptions],
  scope: Scope
): Code {
  const code = stepCode(step, scope)
  if (code.part === undefined) return code
  const { hint, isVague } = code.part
  if (isVague === true) return named(code, option, true)
  // A message is another one for each outcome.
  return hint.startsWith('put-') && option !== 'ensure' ? named(code, `${hint}-${option}`) : code
}

/** Modifiers from inside out, as they are passed through. */
function inReadingOrder(round: Options): Options {
  return Object.fromEntries(Object.entries(round).toReversed())
}

function coreCode(step: CoreStep, round: Options, scope: Scope): Code {
  switch (step.kind) {
    case 'do': {
      const options = object({ tags: optionalTexts(step.tags), ...round })
      return named(call('inOrder', stepsCode(step.steps, scope), options), 'steps', true)
    }
    case 'in_parallel': {
      const options = object({
        limit: optional(step.limit, raw),
        failFast: optional(step.fail_fast, raw),
        tags: optionalTexts(step.tags),
        ...round
      })
      const hint = step.steps.every(({ kind }) => kind === 'get') ? 'inputs' : 'steps'
      return named(call('inParallel', stepsCode(step.steps, scope), options), hint, true)
    }
    case 'try': {
      const tried = stepCode(step.step, scope)
      return named(call('attempt', tried, object(round)), tried.part?.hint ?? 'steps', tried.part?.isVague)
    }
    case 'get':
    case 'put':
    case 'task':
    case 'set_pipeline':
    case 'load_var':
    case 'run':
      return leafCode(step, round, scope)
    default:
      return step satisfies never
  }
}

/** A list of steps, with what is written above each. */
export function stepsCode(steps: readonly Step[], scope: Scope): Code {
  return list(steps, step => commented(stepCode(step, scope), step, scope))
}
