import { readFile } from 'node:fs/promises'
import { readPipeline } from '../../concourse/read.ts'
import { exitCodes, systemCodeOf, UserError } from '../../core/errors.ts'
import { FindingsError, formatFinding, hasErrors, type Finding } from '../../core/finding.ts'
import { checkPipeline } from '../../rules/check-pipeline.ts'
import type { Format } from '../options.ts'
import type { CliContext } from '../context.ts'
import { loadEnvironments } from '../environments.ts'
import { loadPipelines } from '../modules.ts'

/** Checks pipelines and prints all findings; gives the exit code: 3 where any of them is an error. */
export async function check(
  context: CliContext,
  files: readonly string[],
  options: { readonly format: Format }
): Promise<number> {
  const findings =
    files.length === 0 ? await checkOwn(context) : (await Promise.all(files.map(checkFile))).flat()
  if (options.format === 'json') context.out(`${JSON.stringify({ findings }, null, 2)}\n`)
  else for (const finding of findings) context.out(`${formatFinding(finding)}\n`)
  if (findings.length === 0) context.err('no findings\n')
  return hasErrors(findings) ? exitCodes.findings : exitCodes.done
}

async function checkOwn(context: CliContext): Promise<Finding[]> {
  const [environments, pipelines] = await Promise.all([
    loadEnvironments(context),
    loadPipelines(context.root)
  ])
  return environments.flatMap(environment =>
    pipelines.flatMap(({ source, define }) =>
      checkPipeline(define(environment).pipeline).map(finding => ({ ...finding, file: source }))
    )
  )
}

async function checkFile(file: string): Promise<Finding[]> {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw new UserError(
      'usage',
      `${file}: ${systemCodeOf(thrown) ?? 'it can not be read'}, expected a pipeline`,
      {
        hint: 'name a file, e.g. out/pipelines/lab/repave.yml',
        cause: thrown
      }
    )
  })
  try {
    const { pipeline, warnings, positionOf } = readPipeline(text, file)
    const found = checkPipeline(pipeline).map(finding => ({ ...finding, file, ...positionOf(finding.path) }))
    return [...warnings, ...found].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
    )
  } catch (thrown) {
    if (thrown instanceof FindingsError) return [...thrown.findings]
    throw thrown
  }
}
