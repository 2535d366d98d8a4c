import { UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { checkTaskText, checkText } from '../rules/check-text.ts'
import type { CheckSettings } from './check-settings.ts'
import type { CliContext } from './context.ts'
import { isProgram } from './is-program.ts'
import { isTaskFile } from './is-task-file.ts'
import { readSource } from './read-source.ts'
import { shownPath } from './shown-path.ts'

/** What came of checking some files or pipelines. */
export interface Checked {
  readonly findings: readonly Finding[]
  /** What was read, by the name that findings call it. */
  readonly sources: ReadonlyMap<string, string>
  /** Files that could not be read at all. */
  readonly refused: readonly UserError[]
}

/** Checks files one after the other, in the order in which they are named, so that one is held in memory as a tree. */
export async function checkFiles(
  context: CliContext,
  files: readonly string[],
  settings: CheckSettings
): Promise<Checked> {
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  const refused: UserError[] = []
  for (const file of new Set(files)) {
    try {
      const { text, found } = await checkFile(context, file, settings)
      findings.push(...found)
      if (found.length > 0 && !isProgram(file)) sources.set(file, text)
    } catch (thrown) {
      if (thrown instanceof FindingsError) {
        findings.push(...thrown.findings)
        // What is no text is not shown.
        if (!isProgram(file)) sources.set(file, '')
      } else if (thrown instanceof UserError) refused.push(thrown)
      else throw thrown
    }
  }
  return { findings, sources, refused }
}

interface CheckedFile {
  readonly text: string
  readonly found: readonly Finding[]
}

async function checkFile(
  context: CliContext,
  file: string,
  { options }: CheckSettings
): Promise<CheckedFile> {
  const text = await readSource(context, file)
  if (!isProgram(file)) {
    const found = isTaskFile(text)
      ? checkTaskText(text, file, options).findings
      : checkText(text, file, options)
    return { text, found }
  }
  const { loadAuthorPipeline } = await import('./author-pipeline.ts')
  const { ProgramFindings } = await import('./program-findings.ts')
  const findings = new ProgramFindings(options)
  await findings.add(async () => (await loadAuthorPipeline(context, file)).pipeline, shownPath(file))
  return { text, found: findings.all }
}
