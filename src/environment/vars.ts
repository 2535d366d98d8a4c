import { UserError } from '../core/errors.ts'
import { isRecord, parseJson } from '../tools/table.ts'

type Vars = Readonly<Record<string, string | number | boolean>>

/**
 * Reads the JSON object of a param. Throws a UserError that names the param for anything that is no flat object, and for a
 * version that YAML took for a number: of 2.30 nobody knows any more that it was not 2.3.
 */
export function readVars(text: string, param = 'VARS'): Vars {
  const parsed = parseJson(text)
  if (isRecord(parsed) && Object.values(parsed).every(isScalar)) {
    refuseNumbersForVersions(parsed, param)
    return parsed as Vars
  }
  throw new UserError(
    'findings',
    `params.${param}: found ${JSON.stringify(text)}, expected a JSON object of texts, numbers and booleans`
  )
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function refuseNumbersForVersions(vars: Readonly<Record<string, unknown>>, param: string): void {
  for (const [name, value] of Object.entries(vars)) {
    if (!/(^|_)version$/.test(name) || typeof value !== 'number') continue
    throw new UserError('findings', `params.${param}.${name}: found the number ${value}, expected a text`, {
      hint: `write ${name} in quotes in the record's vars`
    })
  }
}
