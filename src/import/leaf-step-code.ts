import type {
  GetStep,
  LoadVarStep,
  NamedStep,
  PutStep,
  RunStep,
  SetPipelineStep
} from '../concourse/model.ts'
import { call, list, object, optional, raw, text, type Code } from './code.ts'
import { localTextCode, mapCode, optionalTexts, plainCode, timeCode } from './data-code.ts'
import { fixedText, jobCode, resourceCode, type Scope } from './scope.ts'
import { limitsCode, taskCode } from './task-code.ts'

/** Options of a call, in the order of the page. */
export type Options = Readonly<Record<string, Code | undefined>>

/** The call for a step that holds no other; `round` are the options of its modifiers. */
export function leafCode(step: NamedStep, round: Options, scope: Scope): Code {
  switch (step.kind) {
    case 'get':
      return named(getCode(step, round, scope), `get-${step.name}`)
    case 'put':
      return named(putCode(step, round, scope), `put-${step.name}`)
    case 'task':
      return named(taskCode(step, round, scope), step.name)
    case 'set_pipeline':
      return named(setPipelineCode(step, round, scope), `set-${step.name}`)
    case 'load_var':
      return named(loadVarCode(step, round), `load-${step.name}`)
    case 'run':
      return named(runCode(step, round, scope), step.name)
    default:
      return step satisfies never
  }
}

/** Names a step for the case that it repeats; a vague name needs that of the job before it. */
export function named(code: Code, hint: string, isVague?: true): Code {
  return { ...code, part: { sort: 'step', hint, ...(isVague && { isVague }) } }
}

const goGlob = /[*?[\\]/

function getCode(step: GetStep, round: Options, scope: Scope): Code {
  return call(
    'get',
    resourceCode(scope, step.resource ?? step.name),
    object({
      as: step.resource === undefined ? undefined : text(step.name),
      version: optional(step.version, version =>
        typeof version === 'string' ? fixedText(version) : plainCode(version)
      ),
      params: optional(step.params, params => mapCode(params, scope, `${step.name}-params`)),
      passed: optional(step.passed, jobs => list(jobs, job => jobCode(scope, job, goGlob))),
      trigger: optional(step.trigger, raw),
      tags: optionalTexts(step.tags),
      timeout: optional(step.timeout, timeCode),
      ...round
    })
  )
}

function putCode(step: PutStep, round: Options, scope: Scope): Code {
  return call(
    'put',
    resourceCode(scope, step.resource ?? step.name),
    object({
      as: step.resource === undefined ? undefined : text(step.name),
      params: optional(step.params, params => mapCode(params, scope, `${step.name}-params`)),
      inputs: optional(step.inputs, inputs =>
        typeof inputs === 'string' ? fixedText(inputs) : list(inputs, text)
      ),
      getParams: optional(step.get_params, params => mapCode(params, scope, `${step.name}-get-params`)),
      noGet: optional(step.no_get, raw),
      tags: optionalTexts(step.tags),
      timeout: optional(step.timeout, timeCode),
      ...round
    })
  )
}

function setPipelineCode(step: SetPipelineStep, round: Options, scope: Scope): Code {
  return call(
    'setPipeline',
    localTextCode(step.name),
    object({
      file: localTextCode(step.file),
      team: optional(step.team, localTextCode),
      instanceVars: optional(step.instance_vars, vars => mapCode(vars, scope, `${step.name}-instance`)),
      vars: optional(step.vars, vars => mapCode(vars, scope, `${step.name}-vars`)),
      varFiles: optional(step.var_files, files => list(files, localTextCode)),
      ...round
    })
  )
}

function loadVarCode(step: LoadVarStep, round: Options): Code {
  return call(
    'loadVar',
    text(step.name),
    object({
      file: localTextCode(step.file),
      format: optional(step.format, fixedText),
      reveal: optional(step.reveal, raw),
      ...round
    })
  )
}

function runCode(step: RunStep, round: Options, scope: Scope): Code {
  return call(
    'run',
    text(step.name),
    object({
      type: text(step.type),
      params: optional(step.params, params => mapCode(params, scope, `${step.name}-params`)),
      privileged: optional(step.privileged, raw),
      containerLimits: optional(step.container_limits, limitsCode),
      tags: optionalTexts(step.tags),
      timeout: optional(step.timeout, timeCode),
      ...round
    })
  )
}
