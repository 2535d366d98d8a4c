import { join } from 'node:path'
import { FindingsError, type Finding } from '../core/finding.ts'
import { thrownFindings } from './call-sites.ts'
import type { Checked } from './check-files.ts'
import type { CheckSettings } from './check-settings.ts'
import type { CliContext } from './context.ts'
import { loadEnvironments } from './environments.ts'
import { loadPipelines } from './modules.ts'
import { ProgramFindings } from './program-findings.ts'
import { shownPath } from './shown-path.ts'

/** Checks every pipeline of the checkout, as each environment has it, and the records. */
export async function checkOwn(context: CliContext, { options }: CheckSettings): Promise<Checked> {
  const found = new ProgramFindings(options)
  const broken: Finding[] = []
  try {
    const [environments, pipelines] = await Promise.all([
      loadEnvironments(context),
      loadPipelines(context.root)
    ])
    for (const { source, define } of pipelines) {
      const file = shownPath(join(context.root, source))
      try {
        for (const environment of environments) await found.add(() => define(environment).pipeline, file)
      } catch (thrown) {
        broken.push(...thrownFindings(context.root, thrown, file))
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof FindingsError)) throw thrown
    broken.push(...thrown.findings)
  }
  return { findings: [...broken, ...found.all], sources: new Map(), refused: [] }
}
