import { exitCodes, isAbort, messageOf, UserError } from '../core/errors.ts'
import { FindingsError } from '../core/finding.ts'
import { abortedExitCode } from '../runner/ending.ts'
import type { CliContext } from './context.ts'

export interface ShownError {
  readonly text: string
  readonly exitCode: number
}

/** What a person reads of an error: two lines, or the findings one by one. A bug keeps its stack. */
export async function showError(context: CliContext, thrown: unknown): Promise<ShownError> {
  if (thrown instanceof FindingsError) {
    const { findingsAsError } = await import('./show-findings.ts')
    const text = await findingsAsError(context, thrown.findings)
    return { text: `${text}${hintLine(thrown)}`, exitCode: thrown.exitCode }
  }
  if (thrown instanceof UserError) return { text: errorLines(thrown), exitCode: thrown.exitCode }
  if (context.signal.aborted && isAbort(thrown)) return { text: '', exitCode: abortedExitCode }
  const stack = thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)
  return { text: `bug: ${stack}\nhint: report it with the lines above\n`, exitCode: exitCodes.bug }
}

/** `error: where: what was found, what was expected`, and the hint. */
export function errorLines(error: UserError): string {
  return `error: ${error.message}\n${hintLine(error)}`
}

function hintLine({ hint }: UserError): string {
  return hint === undefined ? '' : `hint: ${hint}\n`
}
