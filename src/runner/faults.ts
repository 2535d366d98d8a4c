import type { GetStep, JsonObject, PutStep } from '../concourse/model.ts'
import { given } from '../core/given.ts'
import type { Finding, Severity } from '../core/finding.ts'
import { faultsOfKeys } from './resources/keys.ts'
import type { Fault, ResourceType } from './resources/resource-type.ts'

/** Gathers what is found while a job is looked through. */
export class Findings {
  readonly #found: Finding[] = []

  add(severity: Severity, code: string, path: string, message: string, hint?: string): void {
    const known = this.#found.some(finding => finding.path === path && finding.message === message)
    if (!known) this.#found.push({ severity, code, path, message, ...given('hint', hint) })
  }

  error(code: string, path: string, message: string, hint?: string): void {
    this.add('error', code, path, message, hint)
  }

  /** Something that is done otherwise than in Concourse. */
  notice(code: string, path: string, message: string): void {
    this.add('warning', code, path, message)
  }

  unresolved(path: string, name: string): void {
    this.error('unresolved-var', path, `found no value for ((${name}))`, `give a value for ((${name}))`)
  }

  all(): readonly Finding[] {
    return this.#found
  }
}

/** What a resource type finds wrong with a source; keys that mean nothing here are told as one notice. */
export function inspectSource(
  type: ResourceType,
  source: JsonObject,
  path: string,
  findings: Findings
): void {
  report(faultsOfKeys('source', source, type.keys.source), path, findings)
  const needless = Object.keys(source).filter(key => type.keys.source[key]?.use === 'needless')
  if (type.image === true || needless.length === 0) return
  findings.notice(
    'needless',
    `${path}.source`,
    `${needless.join(', ')} mean nothing for one run on this machine`
  )
}

/** What a resource type finds wrong with a get or put of it. */
export function inspectStep(
  type: ResourceType,
  source: JsonObject,
  step: GetStep | PutStep,
  path: string,
  findings: Findings
): void {
  const params = step.params ?? {}
  const keys = type.keys[step.kind]
  if (keys === undefined) {
    findings.error('not-here', path, `a ${step.kind} of type ${type.name} is not done on this machine`)
    return
  }
  report(faultsOfKeys('params', params, keys), path, findings)
  if (step.kind === 'put' && step.no_get !== true) {
    const faults = faultsOfKeys('get_params', step.get_params ?? {}, type.keys.get)
    report(faults, path, findings)
  }
  report(type.inspect?.({ kind: step.kind, source, params }) ?? [], path, findings)
}

function report(faults: readonly Fault[], path: string, findings: Findings): void {
  for (const { code, key, message, hint } of faults) findings.error(code, `${path}.${key}`, message, hint)
}
