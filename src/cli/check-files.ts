import { UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { checkText } from '../rules/check-text.ts'
import type { CliContext } from './context.ts'
import { readSource } from './read-source.ts'

/** What came of checking some files or pipelines. */
export interface Checked {
  readonly findings: readonly Finding[]
  /** What was read, by the name that findings call it. */
  readonly sources: ReadonlyMap<string, string>
  /** Files that could not be read at all. */
  readonly refused: readonly UserError[]
}

/** Checks files one after the other, in the order in which they are named, so that one is held in memory as a tree. */
export async function checkFiles(context: CliContext, files: readonly string[]): Promise<Checked> {
  const findings: Finding[] = []
  const sources = new Map<string, string>()
  const refused: UserError[] = []
  for (const file of new Set(files)) {
    try {
      const text = await readSource(context, file)
      const found = checkText(text, file)
      findings.push(...found)
      if (found.length > 0) sources.set(file, text)
    } catch (thrown) {
      if (thrown instanceof FindingsError) {
        findings.push(...thrown.findings)
        // What is no text is not shown.
        sources.set(file, '')
      } else if (thrown instanceof UserError) refused.push(thrown)
      else throw thrown
    }
  }
  return { findings, sources, refused }
}
