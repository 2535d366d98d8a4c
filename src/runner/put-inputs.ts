import type { PutStep } from '../concourse/model.ts'
import { UserError } from '../core/errors.ts'
import type { Artifacts } from './artifacts.ts'
import { textsIn } from '../concourse/json.ts'

/**
 * Names of the artifacts that a put sees. `detect` takes those that a text of its params begins with, and passes over all
 * that is none (concourse v8.3, atc/exec/put_inputs.go). Throws a UserError for a named one that is not there.
 */
export function putInputs(
  { inputs = 'detect', params = {} }: PutStep,
  artifacts: Artifacts
): readonly string[] {
  const isThere = (name: string): boolean => artifacts.find(name)?.image === false
  if (inputs === 'all') return artifacts.names().filter(isThere)
  if (inputs === 'detect') return [...new Set(textsIn(params).map(firstSegment))].filter(isThere)
  const missing = inputs.filter(name => !isThere(name))
  if (missing.length === 0) return inputs
  throw new UserError('findings', `inputs: found no artifact ${missing.join(', ')}`, {
    hint: 'get the artifact, or let a task make it, before this step'
  })
}

function firstSegment(text: string): string {
  return text.split('/').find(segment => segment !== '.' && segment !== '..') ?? text
}
