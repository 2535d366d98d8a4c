import type { ParamDefinition, TaskSignature } from '../concourse/signature.ts'
import type { Finding } from '../core/finding.ts'

type Value = string | number | boolean | readonly string[] | undefined

export interface ReadParams {
  readonly values: Readonly<Record<string, Value>>
  readonly findings: readonly Finding[]
}

/**
 * Reads a task's params from its environment. Concourse hands every declared param over, an unset one as the empty
 * text; so the empty text is "not given", and the default or a finding takes its place.
 */
export function readParams(
  task: TaskSignature,
  env: Readonly<Record<string, string | undefined>>
): ReadParams {
  const values: Record<string, Value> = {}
  const findings: Finding[] = []
  for (const [name, definition] of Object.entries(task.params)) {
    const text = env[name] ?? ''
    const problem =
      text === '' ? takeDefault(name, definition, values) : takeText(name, definition, text, values)
    if (problem !== undefined)
      findings.push({ ...problem, severity: 'error', path: `task(${task.name}).params.${name}` })
  }
  return { values, findings }
}

type Problem = Pick<Finding, 'code' | 'message' | 'hint'>

function takeDefault(
  name: string,
  definition: ParamDefinition,
  values: Record<string, Value>
): Problem | undefined {
  values[name] = definition.default
  if (definition.default !== undefined || definition.optional === true) return undefined
  return {
    code: 'missing-param',
    message: 'found nothing, expected a value',
    hint: `give ${name}: ${definition.doc}`
  }
}

function takeText(
  name: string,
  definition: ParamDefinition,
  text: string,
  values: Record<string, Value>
): Problem | undefined {
  const wrong = (expected: string): Problem => ({
    code: 'wrong-param',
    message: `found ${definition.secret === true ? 'a secret' : JSON.stringify(text)}, expected ${expected}`
  })
  if (definition.type === 'number') {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) return wrong('a number')
    values[name] = value
  } else if (definition.type === 'boolean') {
    if (text !== 'true' && text !== 'false') return wrong('true or false')
    values[name] = text === 'true'
  } else if (definition.type === 'list') {
    const value = parseList(text)
    if (value === undefined) return wrong('a JSON list of texts')
    values[name] = value
  } else {
    const { choices } = definition
    if (choices?.includes(text) === false) return wrong(`one of ${choices.join(', ')}`)
    values[name] = text
  }
  return undefined
}

function parseList(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
