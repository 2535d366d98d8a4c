import { markup, type Markup } from '../core/markup.ts'
import { cleanLine } from '../core/screen-text.ts'

/** How a teardown ended: its stages, what is left, and what nobody could see. */
export interface TeardownReport {
  readonly clean: boolean
  readonly left: readonly string[]
  readonly notChecked: readonly { readonly what: string; readonly why: string }[]
  readonly stages: readonly { readonly stage: string; readonly outcome: string; readonly reason: string }[]
}

/** Reads prove-empty's `verdict.json`; undefined where it is not that. What it lacks is shown as none. */
export function readTeardown(text: string): TeardownReport | undefined {
  const data = parse(text)
  if (typeof data['clean'] !== 'boolean' || !Array.isArray(data['stages'])) return undefined
  return {
    clean: data['clean'],
    left: listIn(data['left']).filter(line => typeof line === 'string'),
    notChecked: mapsIn(data['not_checked']).map(({ what, why }) => ({
      what: textOf(what),
      why: textOf(why)
    })),
    stages: mapsIn(data['stages']).map(({ stage, outcome, reason }) => ({
      stage: textOf(stage),
      outcome: textOf(outcome),
      reason: textOf(reason)
    }))
  }
}

/** What was torn down, and what the proof does not cover: it says clean only of what was checked. */
export function teardownSection(report: TeardownReport | undefined): Markup | undefined {
  if (report === undefined) return undefined
  const { clean, left, notChecked, stages } = report
  return markup`<section>
<h2>Teardown</h2>
<p>${summary(clean, left.length, notChecked.length)}</p>
<table>
<thead><tr><th scope="col">Stage</th><th scope="col">Ended</th><th scope="col">Why</th></tr></thead>
<tbody>
${stages.map(({ stage, outcome, reason }) => row(stage, outcome, reason))}</tbody>
</table>
${listOf('Left', left)}${listOf(
    'Not checked',
    notChecked.map(({ what, why }) => `${what}: ${why}`)
  )}</section>
`
}

function summary(clean: boolean, left: number, notChecked: number): string {
  const found = left === 0 ? 'Nothing is left of what was checked' : `${left} things are left`
  const unseen = notChecked === 0 ? '' : `; ${notChecked} kinds of things could not be checked`
  return `${clean ? 'Clean' : 'Not clean'}. ${found}${unseen}.`
}

function row(...cells: readonly string[]): Markup {
  return markup`<tr>${cells.map(cell => markup`<td>${cleanLine(cell)}</td>`)}</tr>
`
}

function listOf(title: string, lines: readonly string[]): Markup | undefined {
  if (lines.length === 0) return undefined
  return markup`<h3>${title}</h3>
<ul>
${lines.map(
  line => markup`<li>${cleanLine(line)}</li>
`
)}</ul>
`
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text)
    return isMap(data) ? data : {}
  } catch {
    return {}
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function mapsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listIn(value).filter(isMap)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
