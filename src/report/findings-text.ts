import type { Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { hasPage, moreOn } from './findings-doc.ts'
import { codeFrame, visible } from './findings-frame.ts'
import { SourceLines } from './findings-source.ts'
import { summaryOf } from './findings-summary.ts'
import { styleOf, type Style } from './style.ts'

export interface TextOptions {
  /** The text of each file, where it is at hand; without it a finding has no code frame. */
  readonly sources: ReadonlyMap<string, string>
  /** @default false */
  readonly colour?: boolean
  /** Columns that lines of code are cut to. @default 100 */
  readonly columns?: number
}

/**
 * Findings for a person: each with its place, the code round it and its hint, file by file, and a summary at the end.
 * Nothing at all where there are none.
 */
export function findingsText(
  findings: readonly Finding[],
  { sources, colour = false, columns = 100 }: TextOptions
): string {
  if (findings.length === 0) return ''
  const style = styleOf({ colour })
  const blocks = [...byFile(findings)].flatMap(([file, group]) => {
    const text = file === undefined ? undefined : sources.get(file)
    const source = text === undefined ? undefined : new SourceLines(text, linesWithSecrets(group))
    const told = new Map<string, { count: number; readonly hints: Set<string | undefined> }>()
    return group.map(finding => {
      const { code, hint } = finding
      const alike = told.get(code) ?? { count: 0, hints: new Set() }
      const isNew = !alike.hints.has(hint)
      told.set(code, { count: alike.count + 1, hints: alike.hints.add(hint) })
      const header = headerOf(finding, style)
      if (alike.count >= mostAlike) return [header, ...notesOf(isNew ? given('hint', hint) : {}, style)]
      return [header, ...frameOf(finding, source, style, columns), ...notesOf(finding, style)]
    })
  })
  const summary = [style.bold(summaryOf(findings)), ...furtherReading(findings)]
  return apart([...blocks, summary])
}

/** Findings of one rule in one file that are shown in full; of the others the places and messages are enough. */
const mostAlike = 3

/** Blocks with an empty line between them, but for single lines that follow one another. */
function apart(blocks: readonly (readonly string[])[]): string {
  return blocks
    .map((lines, index) => {
      const isListed = lines.length === 1 && blocks[index - 1]?.length === 1 && index < blocks.length - 1
      return `${index === 0 || isListed ? '' : '\n'}${lines.join('\n')}\n`
    })
    .join('')
}

/** What to type to read more; once for all, since a pipeline has many findings of few rules. */
function furtherReading(findings: readonly Finding[]): string[] {
  const [code, ...others] = new Set(findings.filter(hasPage).map(finding => finding.code))
  if (code === undefined) return []
  return [others.length === 0 ? `${moreOn(code)} says more` : `${moreOn('CODE')} says more of each`]
}

/** In the order in which the files come up. */
function byFile(findings: readonly Finding[]): Map<string | undefined, Finding[]> {
  const groups = new Map<string | undefined, Finding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.file)
    if (group === undefined) groups.set(finding.file, [finding])
    else group.push(finding)
  }
  return groups
}

/** Lines that a finding calls secret, however harmless they look. */
function linesWithSecrets(findings: readonly Finding[]): Set<number> {
  const secret = findings.filter(({ code }) => code.split('-').includes('secret'))
  return new Set(secret.flatMap(({ line }) => line ?? []))
}

/** `pipeline.yml:9:5: error[unknown-resource]: jobs.test.plan[2]: found …` */
function headerOf({ file, line, column, code, severity, path, message }: Finding, style: Style): string {
  const place = [file, line, column].filter(part => part !== undefined).join(':')
  const parts = [
    place === '' ? '' : style.bold(visible(place)),
    accentOf(severity, style)(`${severity}[${code}]`),
    visible(path),
    visible(message.replaceAll(/\s*\n\s*/g, ' '))
  ]
  return parts.filter(part => part !== '').join(': ')
}

function frameOf(
  { line, column, severity }: Finding,
  source: SourceLines | undefined,
  style: Style,
  columns: number
): string[] {
  if (source === undefined || line === undefined) return []
  const place = { line, ...(column === undefined ? {} : { column }) }
  return codeFrame(source, place, { columns, style, accent: accentOf(severity, style) })
}

function notesOf({ hint, doc }: Pick<Finding, 'hint' | 'doc'>, style: Style): string[] {
  const notes = Object.entries({ hint, doc: doc !== undefined && URL.canParse(doc) ? doc : undefined })
  return notes.flatMap(([name, text]) =>
    text === undefined ? [] : [`  ${style.busy(`${name}:`)} ${visible(text)}`]
  )
}

function accentOf(severity: Finding['severity'], style: Style): (text: string) => string {
  return severity === 'error' ? style.bad : style.odd
}
