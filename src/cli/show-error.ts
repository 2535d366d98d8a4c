import { exitCodes, messageOf, UserError } from '../core/errors.ts'
import { FindingsError } from '../core/finding.ts'

export interface ShownError {
  readonly text: string
  readonly exitCode: number
}

/** What a person reads of an error: two lines, or the findings one by one. A bug keeps its stack. */
export function showError(thrown: unknown): ShownError {
  if (thrown instanceof FindingsError) {
    return { text: `${thrown.message}\n${countOf(thrown)}\n`, exitCode: thrown.exitCode }
  }
  if (thrown instanceof UserError) {
    const hint = thrown.hint === undefined ? '' : `hint: ${thrown.hint}\n`
    return { text: `error: ${thrown.message}\n${hint}`, exitCode: thrown.exitCode }
  }
  const stack = thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)
  return { text: `bug: ${stack}\nhint: report it with the lines above\n`, exitCode: exitCodes.bug }
}

function countOf({ findings }: FindingsError): string {
  const errors = findings.filter(finding => finding.severity === 'error').length
  const warnings = findings.length - errors
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')].filter(part => part !== '')
  return parts.join(', ')
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}
