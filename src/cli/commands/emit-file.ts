import { relative, resolve } from 'node:path'
import { renderPipeline } from '../../concourse/render.ts'
import { exitCodes } from '../../core/errors.ts'
import { FindingsError, hasErrors } from '../../core/finding.ts'
import { given } from '../../core/given.ts'
import { createFiles } from '../../tools/files.ts'
import { loadAuthorPipeline } from '../author-pipeline.ts'
import { checkSettings, type CheckFlags } from '../check-settings.ts'
import type { CliContext } from '../context.ts'
import { ProgramFindings } from '../program-findings.ts'
import { findingsAsError } from '../show-findings.ts'

export interface EmitFileOptions extends CheckFlags {
  /** Standard output where absent. */
  readonly output?: string
}

/** Emits the pipeline of one program, checked as `check` does. Throws a FindingsError where rules find errors. */
export async function emitFile(context: CliContext, file: string, options: EmitFileOptions): Promise<number> {
  const { output, ...flags } = options
  const settings = await checkSettings(context, flags)
  const findings = new ProgramFindings(settings.options)
  const pipeline = await findings.add(async () => (await loadAuthorPipeline(context, file)).pipeline, file)
  if (hasErrors(findings.all)) throw new FindingsError(findings.all)
  const source = relative(resolve(), resolve(file))
  const text = renderPipeline(pipeline, { source, ...given('target', settings.options.target) })
  if (output === undefined) context.out(text)
  else await createFiles().writeText(output, text)
  if (findings.all.length > 0) context.err(await findingsAsError(context, findings.all))
  return exitCodes.done
}
