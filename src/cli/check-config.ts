import { dirname, resolve } from 'node:path'
import { read, whole } from '../concourse/read.ts'
import { object } from '../concourse/shape-object.ts'
import { listOf, mapOf } from '../concourse/shape-collections.ts'
import { oneOf, text } from '../concourse/shape-scalars.ts'
import { systemCodeOf, UserError } from '../core/errors.ts'
import type { Level } from '../rules/rule.ts'
import type { CliContext } from './context.ts'
import { readSource } from './read-source.ts'

/** What a team has decided for all its pipelines, in `causeway-check.yml`. */
export interface CheckConfig {
  /** The release of Concourse that is to take them. */
  readonly target?: string
  /** How findings count, by the code of their rule. */
  readonly levels?: Readonly<Record<string, Level>>
  /** Files with rules of the team's own. */
  readonly rules?: readonly string[]
  /** Where artifacts lie whose task files are to be looked at, by their names in plans. */
  readonly artifacts?: Readonly<Record<string, string>>
}

const config = object<CheckConfig>(
  { name: 'CheckConfig', called: 'the settings of check', doc: 'What a team has decided for its pipelines.' },
  {
    target: { shape: text, doc: 'The release of Concourse that is to take them, e.g. "7.14".' },
    levels: {
      shape: mapOf(oneOf(['error', 'warning', 'off'])),
      doc: 'How findings count, by the code of their rule.'
    },
    rules: { shape: listOf(text), doc: "Files with rules of the team's own, from here." },
    artifacts: { shape: mapOf(text), doc: 'Folders of artifacts, from here, by their names in plans.' }
  }
)

/** The file that is taken where --config names none, if it is in the working directory. */
const usualFile = 'causeway-check.yml'

/** Reads the settings; paths in them become absolute. Throws a FindingsError with all that is wrong in them. */
export async function readCheckConfig(context: CliContext, file?: string): Promise<CheckConfig> {
  const source = file ?? usualFile
  const written = await readSource(context, source).catch((thrown: unknown) => {
    const cause = thrown instanceof UserError ? thrown.cause : undefined
    if (file === undefined && systemCodeOf(cause) === 'ENOENT') return undefined
    throw thrown
  })
  if (written === undefined) return {}
  const { value } = whole(read(config, written, source))
  const from = (path: string): string => resolve(dirname(source), path)
  const artifacts = Object.entries(value.artifacts ?? {}).map(
    ([name, folder]) => [name, from(folder)] as const
  )
  return { ...value, rules: value.rules?.map(from) ?? [], artifacts: Object.fromEntries(artifacts) }
}
