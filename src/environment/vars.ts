import { UserError } from '../core/errors.ts'
import { isRecord, parseJson } from '../tools/table.ts'

type Vars = Readonly<Record<string, string | number | boolean>>

/** Reads the JSON object of a param. Throws a UserError that names the param for anything that is no flat object. */
export function readVars(text: string, param = 'VARS'): Vars {
  const parsed = parseJson(text)
  if (isRecord(parsed) && Object.values(parsed).every(isScalar)) return parsed as Vars
  throw new UserError(
    'findings',
    `params.${param}: found ${JSON.stringify(text)}, expected a JSON object of texts, numbers and booleans`
  )
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
