import { basename, dirname, isAbsolute } from 'node:path'
import { exitCodes, UserError } from '../../core/errors.ts'
import { FindingsError, hasErrors, type Finding } from '../../core/finding.ts'
import { given } from '../../core/given.ts'
import { allRules } from '../../rules/all-rules.ts'
import { loadAuthorPipeline } from '../author-pipeline.ts'
import { checkSettings, type CheckFlags } from '../check-settings.ts'
import type { CliContext } from '../context.ts'
import { isProgram } from '../is-program.ts'
import type { FindingsFormat } from '../options.ts'
import { writerOf, type Writing } from '../pipeline-text.ts'
import { ProgramFindings } from '../program-findings.ts'
import { readSource } from '../read-source.ts'
import { shownPath } from '../shown-path.ts'
import { findingsAs, findingsAsError } from '../show-findings.ts'
import { writeEmission } from '../write-emission.ts'

export interface EmitFileOptions extends CheckFlags, Writing {
  /** Standard output where absent. */
  readonly output?: string
  /** What stdout carries where the pipeline goes to a file; otherwise as `emit` has it. */
  readonly format: FindingsFormat
}

/** Emits the pipeline of one program, checked as `check` does. Throws a FindingsError where rules find errors. */
export async function emitFile(context: CliContext, file: string, options: EmitFileOptions): Promise<number> {
  const { output, format } = options
  if (!isProgram(file)) {
    const message = `emit: found ${JSON.stringify(file)}, expected a program that makes a pipeline`
    throw new UserError('usage', message, { hint: 'name a .ts file; causeway import makes one of YAML' })
  }
  if (output === undefined && format !== 'text') {
    const message = `--format: found ${format} without --output, where stdout carries the pipeline`
    throw new UserError('usage', message, { hint: 'say --output FILE as well' })
  }
  try {
    return await emitted(context, file, options)
  } catch (thrown) {
    if (format === 'text' || !(thrown instanceof FindingsError)) throw thrown
    context.out(await findingsAs(format, context, thrown.findings))
    return thrown.exitCode
  }
}

async function emitted(
  context: CliContext,
  file: string,
  { output, format, canonical, ...flags }: EmitFileOptions
): Promise<number> {
  const settings = await checkSettings(context, flags)
  // A file that is not there is wrong use, and not a fault of a program.
  await readSource(context, file)
  const source = shownPath(file)
  const program = new ProgramFindings(settings.options)
  const pipeline = await program.add(async () => (await loadAuthorPipeline(context, file)).pipeline, source)
  const findings = [...settings.findings, ...program.all, ...settings.taskFiles.findings]
  if (hasErrors(findings)) throw new FindingsError(findings, given('hint', wayOut(findings)))
  // What is emitted names no place of this machine.
  const shown = isAbsolute(source) ? basename(file) : source
  const textOf = await writerOf({ canonical })
  const text = textOf(pipeline, { source: shown, ...given('target', settings.options.target) })
  if (output === undefined) context.out(text)
  else {
    const [written] = await writeEmission(dirname(output), new Map([[basename(output), text]]), [])
    const change = `${written?.change ?? 'same'} ${output}\n`
    if (format === 'text') context.out(change)
    else if (format === 'json') context.out(`${JSON.stringify({ files: [{ ...written, path: output }] })}\n`)
    else {
      context.out(await findingsAs(format, context, findings))
      context.err(change)
    }
  }
  const isTold = format === 'sarif' || format === 'github'
  if (findings.length > 0 && !isTold) context.err(await findingsAsError(context, findings))
  return exitCodes.done
}

/** How to emit a pipeline all the same, as one may want that was imported with its errors; only what rules find allows it. */
function wayOut(findings: readonly Finding[]): string | undefined {
  const codes = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))
  if (![...codes].every(code => allRules.some(rule => rule.code === code))) return undefined
  const flags = [...codes].map(code => `--level ${code}=warning`).join(' ')
  return `nothing was written: mend it, or emit it as it is with ${flags}`
}
