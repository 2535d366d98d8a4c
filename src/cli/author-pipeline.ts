import type { NamedPipeline } from '../concourse/pipeline.ts'
import { FindingsError } from '../core/finding.ts'
import { loadAuthorModule } from './author-module.ts'
import { thrownFindings } from './call-sites.ts'
import type { CliContext } from './context.ts'
import { shownPath } from './shown-path.ts'

/**
 * Runs a program and gives the pipeline that it makes: its default export, or what that function gives, or what either
 * promises. Throws a FindingsError where there is none.
 */
export async function loadAuthorPipeline(context: CliContext, file: string): Promise<NamedPipeline> {
  const { default: exported } = await loadAuthorModule(context, file)
  const made = await settled(context, exported, file)
  if (isNamedPipeline(made)) return made
  const message = `found ${kindOf(exported, made)}, expected pipeline(name, {jobs}) or a function that gives one`
  const hint = "end the file in: export default pipeline('name', { jobs: […] })"
  throw new FindingsError([
    { code: 'program', severity: 'error', path: '', message, hint, file: shownPath(file) }
  ])
}

async function settled({ root }: CliContext, exported: unknown, file: string): Promise<unknown> {
  try {
    return await (isCallable(exported) ? exported() : exported)
  } catch (thrown) {
    throw new FindingsError(thrownFindings(root, thrown, shownPath(file)))
  }
}

function kindOf(exported: unknown, made: unknown): string {
  if (exported === undefined) return 'no default export'
  const subject = isCallable(exported)
    ? 'a function as the default export that gives'
    : 'a default export that is'
  return `${subject} ${made === undefined ? 'nothing' : 'no pipeline'}`
}

function isCallable(value: unknown): value is () => unknown {
  return typeof value === 'function'
}

function isNamedPipeline(value: unknown): value is NamedPipeline {
  return isObject(value) && 'name' in value && 'pipeline' in value && isPipeline(value.pipeline)
}

function isPipeline(value: unknown): boolean {
  return (
    isObject(value) &&
    'jobs' in value &&
    Array.isArray(value.jobs) &&
    'resources' in value &&
    Array.isArray(value.resources)
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
