import { canonicalPipeline } from '../../concourse/canonical.ts'
import { readPipeline } from '../../concourse/read.ts'
import { renderPipeline } from '../../concourse/render.ts'
import { UserError } from '../../core/errors.ts'
import { createFiles } from '../../tools/files.ts'
import type { CliContext } from '../context.ts'
import type { FormatOptions } from '../options.ts'
import { readSource, standardInput } from '../read-source.ts'

/**
 * Prints a pipeline anew: in the order in which a person reviews it, or as fly does. Neither keeps comments and
 * anchors, so a file that has comments is not overwritten unless that is said. Throws a FindingsError where the file
 * has errors, for then something of it would be lost.
 */
export async function format(context: CliContext, file: string, options: FormatOptions): Promise<void> {
  const text = await readSource(context, file)
  const { pipeline, comments } = readPipeline(text, file)
  const formatted = options.canonical === true ? canonicalPipeline(pipeline) : renderPipeline(pipeline)
  if (options.write !== true) {
    context.out(formatted)
    return
  }
  if (file === standardInput) {
    throw new UserError('usage', '--write: found standard input, expected a file', {
      hint: 'leave --write out'
    })
  }
  if (comments.length > 0 && options.dropComments !== true) {
    throw new UserError('usage', `${file}: found ${comments.length} comments, which would be lost`, {
      hint: 'say --drop-comments as well, or print to another file'
    })
  }
  if (formatted !== text) await createFiles().writeText(file, formatted)
  context.err(`${file}: ${formatted === text ? 'as it was' : 'written'}\n`)
}
