import { basename, extname } from 'node:path'
import { inspectPipeline } from '../../concourse/read.ts'
import { exitCodes, UserError } from '../../core/errors.ts'
import { FindingsError, hasErrors, type Finding } from '../../core/finding.ts'
import { given } from '../../core/given.ts'
import { importPipeline } from '../../import/import-pipeline.ts'
import { createFiles } from '../../tools/files.ts'
import { readVars, type VarFlags } from '../check-vars.ts'
import type { CliContext } from '../context.ts'
import { isProgram } from '../is-program.ts'
import { readSource, standardInput } from '../read-source.ts'
import { findingsAsError } from '../show-findings.ts'

export interface ImportOptions extends VarFlags {
  /** Standard output where absent. */
  readonly output?: string
}

/**
 * Writes the TypeScript of a pipeline in YAML. Throws a FindingsError where Concourse would refuse the file, or drop
 * something without a word: that could not be carried over. What it drops knowingly is told.
 */
export async function importFile(context: CliContext, file: string, options: ImportOptions): Promise<number> {
  if (isProgram(file)) {
    const message = `import: found ${JSON.stringify(file)}, a program already, expected a pipeline in YAML`
    throw new UserError('usage', message, { hint: 'name a .yml file; causeway emit makes one of a program' })
  }
  const variables = await readVars(context, options)
  const yaml = await readSource(context, file)
  const read = inspectPipeline(yaml, file, given('variables', variables))
  const { value, findings } = read
  if (value === undefined || hasErrors(findings)) throw new FindingsError(findings)
  const source = importPipeline(value, read, { name: nameOf(options.output ?? file), yaml })
  if (options.output === undefined) context.out(source)
  else await writeNew(options.output, source)
  const told = findings.map(told => (told.code === 'unknown-key' ? dropped(told) : told))
  if (told.length > 0) context.err(await findingsAsError(context, told))
  return exitCodes.done
}

/** Writes a program, but over no other: somebody may have gone on with it since it was imported. */
async function writeNew(file: string, source: string): Promise<void> {
  const files = createFiles()
  const before = await files.readTextIfAny(file)
  if (before === source) return
  if (before !== undefined) {
    throw new UserError('refused', `${file}: found a file that says something else, expected none`, {
      hint: 'remove it, or name another with --output'
    })
  }
  await files.writeText(file, source)
}

/** Keys that lend anchors go without a word: what they hold is a constant now. */
function dropped(finding: Finding): Finding {
  return { ...finding, message: 'left out: Concourse drops the key, and nothing repeats what it holds' }
}

/** What the pipeline is called: as the file. */
function nameOf(file: string): string {
  return file === standardInput ? 'pipeline' : basename(file, extname(file))
}
