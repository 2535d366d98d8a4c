import { Duration } from '../core/duration.ts'
import { giveValue, varOfFly } from './has-var.ts'
import type { Report, Rule } from './rule.ts'

/** Concourse finds out about the time-out of a get, put or task only when the step runs. */
export const invalidDuration: Rule = {
  code: 'invalid-duration',
  summary: 'A length of time is none that Go can read.',
  level: 'error',
  pipeline({ pipeline }, report) {
    for (const section of ['resource_types', 'prototypes'] as const) {
      for (const { name, check_every } of pipeline[section] ?? []) {
        checkInterval(check_every, `${section}.${name}.check_every`, report)
      }
    }
    for (const { name, check_every, check_timeout } of pipeline.resources) {
      checkInterval(check_every, `resources.${name}.check_every`, report)
      checkDuration(check_timeout, `resources.${name}.check_timeout`, report)
    }
  },
  step: {
    get: checkTimeout,
    put: checkTimeout,
    task: checkTimeout,
    run: checkTimeout,
    timeout(placed, report) {
      checkTimeout(placed, report)
      refuseVar(placed.step.timeout, `${placed.path}.timeout`, report)
    }
  }
}

interface Timed {
  readonly step: { readonly timeout?: string }
  readonly path: string
}

function checkTimeout({ step, path }: Timed, report: Report): void {
  checkDuration(step.timeout, `${path}.timeout`, report)
}

function checkInterval(text: string | undefined, path: string, report: Report): void {
  if (text !== 'never') checkDuration(text, path, report, ' or never')
  refuseVar(text, path, report)
}

/** fly reads these when it sets the pipeline (concourse v8.3, atc/config.go, CheckEvery; atc/step_validator.go). */
function refuseVar(text: string | undefined, path: string, report: Report): void {
  const variable = text === undefined ? undefined : varOfFly(text)
  if (variable === undefined) return
  const message = `found ${JSON.stringify(text)}, expected a duration: fly refuses it without a value`
  report(path, message, { hint: giveValue(variable), severity: 'warning' })
}

/** Of other vars, var-not-resolved tells. */
function checkDuration(text: string | undefined, path: string, report: Report, otherwise = ''): void {
  if (text === undefined || text.includes('((') || Duration.isReadable(text)) return
  report(path, `found ${JSON.stringify(text)}, expected a duration such as 1h30m${otherwise}`, {
    hint: 'count in h, m and s: Go knows no days, and a number needs its unit'
  })
}
