import { dirname, resolve } from 'node:path'
import { read } from '../concourse/read.ts'
import type { Shape } from '../concourse/shape.ts'
import { listOf, mapOf } from '../concourse/shape-collections.ts'
import { object } from '../concourse/shape-object.ts'
import { oneOf, text } from '../concourse/shape-scalars.ts'
import { systemCodeOf, UserError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import type { Level } from '../rules/rule.ts'
import type { CliContext } from './context.ts'
import { usualConfigFile } from './options.ts'
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

/** The settings as they were read, and what is wrong in their file. */
export interface ReadCheckConfig {
  /** Files and folders are named from the folder of the settings: by absolute paths. */
  readonly config: CheckConfig
  readonly findings: readonly Finding[]
  /** A finding about something that the settings name, at its line. */
  readonly problem: (path: string, message: string, hint?: string) => Finding
}

/** `7.10` without quotes is a number to YAML, and has lost its 0 by then. */
const release: Shape<string> = {
  ...text,
  read: (node, path, reading) =>
    node.kind === 'scalar' && typeof node.value === 'number' ? node.written : text.read(node, path, reading)
}

const levelWord = oneOf<Level>(['error', 'warning', 'off'])

/** `off` without quotes is false to YAML 1.1. */
const level: Shape<Level> = {
  ...levelWord,
  read: (node, path, reading) =>
    node.kind === 'scalar' && node.value === false ? 'off' : levelWord.read(node, path, reading)
}

const shape = object<CheckConfig>(
  { name: 'CheckConfig', called: 'the settings of check', doc: 'What a team has decided for its pipelines.' },
  {
    target: { shape: release, doc: 'The release of Concourse that is to take them, e.g. "7.14".' },
    levels: {
      shape: mapOf(level),
      doc: 'How findings count, by the code of their rule.'
    },
    rules: { shape: listOf(text), doc: "Files with rules of the team's own, from here." },
    artifacts: { shape: mapOf(text), doc: 'Folders of artifacts, from here, by their names in plans.' }
  }
)

/** Reads the settings. A file that is named and can't be read is wrong use; one that holds no text, a FindingsError. */
export async function readCheckConfig(context: CliContext, named?: string): Promise<ReadCheckConfig> {
  const file = named ?? usualConfigFile
  const written = await readSource(context, file).catch((thrown: unknown) => {
    const cause = thrown instanceof UserError ? thrown.cause : undefined
    if (named === undefined && systemCodeOf(cause) === 'ENOENT') return ''
    throw thrown
  })
  const { value = {}, findings, positionOf } = read(shape, written === '' ? '{}' : written, file)
  const { rules, artifacts, ...rest } = value
  const from = (path: string): string => resolve(dirname(file), path)
  const folders = Object.entries(artifacts ?? {}).map(([name, folder]) => [name, from(folder)] as const)
  return {
    config: { ...rest, rules: rules?.map(from) ?? [], artifacts: Object.fromEntries(folders) },
    findings,
    problem: (path, message, hint) => ({
      code: 'settings',
      severity: 'error',
      path,
      message,
      ...given('hint', hint),
      file,
      ...positionOf(path)
    })
  }
}
