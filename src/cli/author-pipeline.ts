import type { NamedPipeline } from '../concourse/pipeline.ts'
import { FindingsError } from '../core/finding.ts'
import { loadAuthorModule } from './author-module.ts'
import { thrownFinding } from './call-sites.ts'
import type { CliContext } from './context.ts'

/**
 * Runs a program and gives the pipeline that it makes: its default export, or what that function gives. Throws a
 * FindingsError where there is none.
 */
export async function loadAuthorPipeline(context: CliContext, file: string): Promise<NamedPipeline> {
  const { exports } = await loadAuthorModule(context, file)
  const made = callable(exports['default']) ? await called(exports['default'], file) : exports['default']
  if (isNamedPipeline(made)) return made
  const message =
    'found no pipeline as its default export, expected pipeline(name, {jobs}) or a function that gives one'
  const hint = "end the file in: export default pipeline('name', { jobs: […] })"
  throw new FindingsError([{ code: 'program', severity: 'error', path: '', message, hint, file }])
}

function callable(value: unknown): value is () => unknown {
  return typeof value === 'function'
}

async function called(define: () => unknown, file: string): Promise<unknown> {
  try {
    return await define()
  } catch (thrown) {
    throw new FindingsError([thrownFinding(thrown, file)])
  }
}

function isNamedPipeline(value: unknown): value is NamedPipeline {
  return typeof value === 'object' && value !== null && 'name' in value && 'pipeline' in value
}
