import { exitCodes } from '../../core/errors.ts'
import { hasErrors } from '../../core/finding.ts'
import { checkFiles } from '../check-files.ts'
import { checkSettings, type CheckFlags } from '../check-settings.ts'
import { checkOwn } from '../check-own.ts'
import type { CliContext } from '../context.ts'
import type { FindingsFormat } from '../options.ts'
import { errorLines } from '../show-error.ts'
import { findingsAs } from '../show-findings.ts'

export interface CheckOptions extends CheckFlags {
  readonly format: FindingsFormat
}

/**
 * Checks pipelines and prints all findings. Gives the exit code: 2 where a file can't be read, else 3 where any finding
 * is an error. A file that can't be read keeps no other from being checked.
 */
export async function check(
  context: CliContext,
  files: readonly string[],
  { format, ...flags }: CheckOptions
): Promise<number> {
  const settings = await checkSettings(context, flags)
  const { findings, sources, refused } =
    files.length === 0 ? await checkOwn(context, settings) : await checkFiles(context, files, settings)
  context.out(await findingsAs(format, context, findings, sources))
  for (const error of refused) context.err(errorLines(error))
  if (findings.length === 0 && refused.length === 0) context.err('no findings\n')
  if (refused.length > 0) return exitCodes.usage
  return hasErrors(findings) ? exitCodes.findings : exitCodes.done
}
