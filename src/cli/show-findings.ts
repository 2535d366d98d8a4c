import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Finding } from '../core/finding.ts'
import { findingsGithub } from '../report/findings-github.ts'
import { findingsJson } from '../report/findings-json.ts'
import { findingsSarif } from '../report/findings-sarif.ts'
import { findingsText } from '../report/findings-text.ts'
import { abilitiesOf } from '../report/style.ts'
import type { CliContext } from './context.ts'
import type { FindingsFormat } from './options.ts'

/** The text of files, by the name that findings call them. */
export type Sources = ReadonlyMap<string, string>

/** Findings as data, in the form that was asked for. */
export async function findingsAs(
  format: FindingsFormat,
  context: CliContext,
  findings: readonly Finding[],
  known: Sources = new Map()
): Promise<string> {
  const base = resolve()
  switch (format) {
    case 'text':
      return findingsText(findings, {
        sources: await sourcesOf(context, findings, known),
        colour: abilitiesOf(context.env, context.outColumns !== undefined).colour,
        ...columnsOf(context.outColumns)
      })
    case 'json':
      return findingsJson(findings, { pretty: context.outColumns !== undefined })
    case 'sarif': {
      const [sources, version] = await Promise.all([
        sourcesOf(context, findings, known),
        versionOf(context.root)
      ])
      return findingsSarif(findings, { sources, base, version })
    }
    case 'github':
      return findingsGithub(findings, { base })
    default:
      return format satisfies never
  }
}

/** Findings that ended a command, as its error: for people, on standard error. */
export async function findingsAsError(context: CliContext, findings: readonly Finding[]): Promise<string> {
  return findingsText(findings, {
    sources: await sourcesOf(context, findings, new Map()),
    colour: abilitiesOf(context.env, context.isTerminal).colour,
    ...columnsOf(context.isTerminal ? context.size().columns : undefined)
  })
}

function columnsOf(columns: number | undefined): { readonly columns?: number } {
  return columns === undefined ? {} : { columns }
}

/** The texts that are known, and those of the checkout that findings point into. What can't be read is not shown. */
async function sourcesOf(
  { root }: CliContext,
  findings: readonly Finding[],
  known: Sources
): Promise<Sources> {
  const pointedInto = findings.flatMap(({ file, line }) =>
    file === undefined || line === undefined ? [] : file
  )
  const missing = [...new Set(pointedInto)].filter(file => !known.has(file))
  const read = await Promise.all(
    missing.map(async file => [file, await readFile(resolve(root, file), 'utf8').catch(() => '')] as const)
  )
  return new Map([...known, ...read])
}

async function versionOf(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return version
}
