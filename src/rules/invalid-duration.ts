import { Duration } from '../core/duration.ts'
import type { Finding } from '../core/finding.ts'
import { finding, type Rule } from './rule.ts'

/** A length of time that Go can't read. Concourse finds out only when the step of a get, put or task runs. */
export const invalidDuration: Rule = function* ({ pipeline, steps }) {
  for (const { name, check_every } of pipeline.resource_types ?? []) {
    yield* checkInterval(check_every, `resource_types.${name}.check_every`)
  }
  for (const { name, check_every, check_timeout } of pipeline.resources) {
    yield* checkInterval(check_every, `resources.${name}.check_every`)
    yield* checkDuration(check_timeout, `resources.${name}.check_timeout`)
  }
  for (const { step, path } of steps) {
    if ('timeout' in step) yield* checkDuration(step.timeout, `${path}.timeout`)
  }
}

function* checkInterval(text: string | undefined, path: string): Iterable<Finding> {
  if (text !== 'never') yield* checkDuration(text, path, ' or never')
}

function* checkDuration(text: string | undefined, path: string, otherwise = ''): Iterable<Finding> {
  if (text === undefined || Duration.tryParse(text) !== undefined) return
  yield finding({
    code: 'invalid-duration',
    path,
    message: `found ${JSON.stringify(text)}, expected a duration such as 1h30m${otherwise}`,
    hint: 'count in h, m and s: Go knows no days, and a number needs its unit'
  })
}
