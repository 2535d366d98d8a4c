import { exitCodes } from '../../core/errors.ts'
import { FindingsError, hasErrors } from '../../core/finding.ts'
import { checkFiles } from '../check-files.ts'
import { checkSettings, type CheckFlags, type CheckSettings } from '../check-settings.ts'
import { checkOwn } from '../check-own.ts'
import type { CliContext } from '../context.ts'
import type { FindingsFormat } from '../options.ts'
import { told } from '../../rules/finish.ts'
import { errorLines } from '../show-error.ts'
import { findingsAs } from '../show-findings.ts'

export interface CheckOptions extends CheckFlags {
  readonly format: FindingsFormat
}

/**
 * Checks pipelines and prints all findings. Gives the exit code: 2 where a file can't be read, else 3 where any finding
 * is an error. A file that can't be read keeps no other from being checked; settings that are wrong keep all, since
 * they say what is wrong.
 */
export async function check(
  context: CliContext,
  files: readonly string[],
  { format, ...flags }: CheckOptions
): Promise<number> {
  let settings: CheckSettings
  try {
    settings = await checkSettings(context, flags)
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    context.out(await findingsAs(format, context, told(thrown.findings, [])))
    return thrown.exitCode
  }
  const { findings, sources, refused } =
    files.length === 0 ? await checkOwn(context, settings) : await checkFiles(context, files, settings)
  // What a rule of the team threw while it looked is known only now.
  const { rules } = settings.options
  const all = told([...settings.findings, ...findings, ...settings.taskFiles.findings], rules)
  context.out(await findingsAs(format, context, all, { sources, rules }))
  for (const error of refused) context.err(errorLines(error))
  if (all.length === 0 && refused.length === 0) context.err('no findings\n')
  if (refused.length > 0) return exitCodes.usage
  return hasErrors(all) ? exitCodes.findings : exitCodes.done
}
