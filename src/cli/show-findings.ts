import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import type { KnownRule } from '../report/findings-sarif.ts'
import { abilitiesOf } from '../report/style.ts'
import type { CliContext } from './context.ts'
import type { FindingsFormat } from './options.ts'
import { versionOf } from './version.ts'

/** The text of files, by the name that findings call them. */
export type Sources = ReadonlyMap<string, string>

export interface ShowOptions {
  /** What was read already. @default nothing */
  readonly sources?: Sources
  /** Rules that could have found something beside our own. @default none */
  readonly rules?: readonly KnownRule[]
}

/** Findings as data, in the form that was asked for. Only what that form needs is loaded. */
export async function findingsAs(
  format: FindingsFormat,
  context: CliContext,
  findings: readonly Finding[],
  { sources: known = new Map(), rules: teamRules = [] }: ShowOptions = {}
): Promise<string> {
  const base = resolve()
  switch (format) {
    case 'text':
      return textOf(context, findings, known, context.outColumns)
    case 'json': {
      const { findingsJson } = await import('../report/findings-json.ts')
      return findingsJson(findings, { pretty: context.outColumns !== undefined })
    }
    case 'sarif': {
      const { findingsSarif } = await import('../report/findings-sarif.ts')
      const [sources, rules] = await Promise.all([sourcesOf(context, findings, known), knownRules(teamRules)])
      return findingsSarif(findings, { sources, base, version: versionOf(context.root), rules })
    }
    case 'github': {
      const { findingsGithub } = await import('../report/findings-github.ts')
      return findingsGithub(findings, { base })
    }
    default:
      return format satisfies never
  }
}

/** Findings for people, on standard error: those that ended a command, or go with what it did. */
export async function findingsAsError(context: CliContext, findings: readonly Finding[]): Promise<string> {
  return textOf(context, findings, new Map(), context.isTerminal ? context.size().columns : undefined)
}

/** `columns` are those of the terminal that the text goes to, if it goes to one. */
async function textOf(
  context: CliContext,
  findings: readonly Finding[],
  known: Sources,
  columns: number | undefined
): Promise<string> {
  if (findings.length === 0) return ''
  const { findingsText } = await import('../report/findings-text.ts')
  return findingsText(findings, {
    sources: await sourcesOf(context, findings, known),
    colour: abilitiesOf(context.env, columns !== undefined).colour,
    ...given('columns', columns)
  })
}

/** The texts that are known, and those of the files that findings point into. What can't be read is not shown. */
async function sourcesOf(
  { root }: CliContext,
  findings: readonly Finding[],
  known: Sources
): Promise<Sources> {
  const pointedInto = findings.flatMap(({ file, line }) =>
    file === undefined || line === undefined ? [] : file
  )
  const missing = [...new Set(pointedInto)].filter(file => !known.has(file))
  // Findings name files from where the person is, those about the checkout's own from its root.
  const textOf = (file: string): Promise<string> =>
    readFile(file, 'utf8').catch(() => readFile(resolve(root, file), 'utf8').catch(() => ''))
  const read = await Promise.all(missing.map(async file => [file, await textOf(file)] as const))
  return new Map([...known, ...read])
}

/** Every rule that could have found something. */
async function knownRules(more: readonly KnownRule[]): Promise<KnownRule[]> {
  const [{ allRules }, { readingRules }, { pageOf }] = await Promise.all([
    import('../rules/all-rules.ts'),
    import('../rules/reading-rules.ts'),
    import('../rules/finish.ts')
  ])
  const ours = [...allRules, ...readingRules]
  const codes = new Set(ours.map(({ code }) => code))
  return [
    ...ours.map(({ code, summary }) => ({ code, summary, doc: pageOf(code) })),
    ...more.filter(({ code }) => !codes.has(code))
  ]
}
