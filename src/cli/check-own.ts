import { FindingsError } from '../core/finding.ts'
import { checkPipeline } from '../rules/check-pipeline.ts'
import type { Checked } from './check-files.ts'
import type { CliContext } from './context.ts'
import { loadEnvironments } from './environments.ts'
import { loadPipelines } from './modules.ts'

/** Checks every pipeline of the checkout, as each environment has it, and the records. */
export async function checkOwn(context: CliContext): Promise<Checked> {
  const nothing: Checked = { findings: [], sources: new Map(), refused: [] }
  try {
    const [environments, pipelines] = await Promise.all([
      loadEnvironments(context),
      loadPipelines(context.root)
    ])
    const findings = environments.flatMap(environment =>
      pipelines.flatMap(({ source, define }) =>
        checkPipeline(define(environment).pipeline).map(finding => ({ ...finding, file: source }))
      )
    )
    return { ...nothing, findings }
  } catch (thrown) {
    if (thrown instanceof FindingsError) return { ...nothing, findings: thrown.findings }
    throw thrown
  }
}
