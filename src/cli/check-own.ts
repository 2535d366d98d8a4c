import { FindingsError } from '../core/finding.ts'
import type { Checked } from './check-files.ts'
import type { CheckSettings } from './check-settings.ts'
import type { CliContext } from './context.ts'
import { loadEnvironments } from './environments.ts'
import { loadPipelines } from './modules.ts'
import { ProgramFindings } from './program-findings.ts'

/** Checks every pipeline of the checkout, as each environment has it, and the records. */
export async function checkOwn(context: CliContext, { options }: CheckSettings): Promise<Checked> {
  const nothing: Checked = { findings: [], sources: new Map(), refused: [] }
  try {
    const [environments, pipelines] = await Promise.all([
      loadEnvironments(context),
      loadPipelines(context.root)
    ])
    const findings = new ProgramFindings(options)
    for (const environment of environments) {
      for (const { source, define } of pipelines) {
        await findings.add(() => define(environment).pipeline, source)
      }
    }
    return { ...nothing, findings: findings.all }
  } catch (thrown) {
    if (thrown instanceof FindingsError) return { ...nothing, findings: thrown.findings }
    throw thrown
  }
}
