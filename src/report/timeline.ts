import { markup, type Markup } from '../core/markup.ts'
import { cleanLine } from '../core/screen-text.ts'
import { words } from './clock.ts'
import { rowsOf, type Row } from './rows.ts'
import { endOf, type RunView, type StepView } from './run-view.ts'
import { markOf, outcomeWords } from './style.ts'
import type { Timing } from './timing.ts'

const unicode = { unicode: true }

/** The steps of a run as a table, each with a bar from its beginning to its end. */
export function timelineTable(run: RunView, timing: Timing): Markup {
  const scale = scaleOf(run, timing)
  const critical = new Set(timing.criticalPath)
  const rows = flatten(rowsOf(run.steps), 0).map(row => timelineRow(row, { run, critical, scale }))
  const labels = scale.ticks.map(
    ({ at, label }) =>
      markup`<text x="${at}%" y="12" text-anchor="${at < 1 ? 'start' : 'middle'}">${label}</text>`
  )
  return markup`<table class="timeline">
<thead><tr><th scope="col">Step</th><th scope="col"><svg class="axis" width="100%" height="16" aria-hidden="true">${labels}</svg></th><th scope="col" class="number">Took</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`
}

interface FlatRow {
  readonly step: StepView
  readonly label: string
  readonly depth: number
}

function flatten(rows: readonly Row[], depth: number): FlatRow[] {
  return rows.flatMap(({ step, label, branches }) => [
    { step, label, depth },
    ...branches.flatMap(branch => flatten(branch, depth + 1))
  ])
}

interface Setting {
  readonly run: RunView
  readonly critical: ReadonlySet<StepView>
  readonly scale: Scale
}

function timelineRow({ step, label, depth }: FlatRow, { run, critical, scale }: Setting): Markup {
  const outcome = step.outcome ?? 'aborted'
  const end = endOf(step, run)
  const took = words(end - step.startedAt)
  const isCritical = critical.has(step)
  const holds = step.kind === 'in_parallel' || step.kind === 'across'
  const kind = holds ? 'holder' : outcome
  const from = scale.percent(step.startedAt)
  const width = Math.max(0, scale.percent(end) - from)
  const grid = scale.ticks.map(({ at }) => markup`<line x1="${at}%" x2="${at}%" y1="0" y2="18"/>`)
  const title = `${cleanLine(label)}: ${step.outcome === undefined ? 'did not end' : outcomeWords(outcome)}, ${took}`
  const star = isCritical ? markup`<span class="star" title="on the critical path">◆</span>` : undefined
  return markup`<tr class="${kind}${isCritical ? ' critical' : ''}"><th scope="row" style="--depth:${depth}"><span class="mark" title="${outcomeWords(outcome)}">${markOf(outcome, unicode)}</span> ${cleanLine(label)}${star}</th><td><svg width="100%" height="18" role="img" aria-label="${title}">${grid}<rect x="${from}%" y="${holds ? 8 : 3}" width="${width}%" height="${holds ? 2 : 12}" rx="${holds ? 1 : 3}" style="width:max(3px,${width}%)"><title>${title}</title></rect></svg></td><td class="number">${took}</td></tr>
`
}

interface Scale {
  /** Where a time stands between the first and the last, in percent with two decimals. */
  percent(millis: number): number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

const second = 1000
const minute = 60 * second
const tickSteps = [1, 2, 5, 10, 15, 30].flatMap(count => [count * second, count * minute]).concat(60 * minute)

function scaleOf(run: RunView, { wallMillis }: Timing): Scale {
  const ends = [...run.byId.values()].map(step => endOf(step, run) - run.startedAt)
  const span = Math.max(1, wallMillis, ...ends)
  const percent = (millis: number): number =>
    Math.min(100, Math.max(0, Math.round(((millis - run.startedAt) / span) * 10_000) / 100))
  const step = tickSteps.toSorted((a, b) => a - b).find(length => span / length <= 6) ?? Math.ceil(span / 6)
  const ticks: { at: number; label: string }[] = []
  // A label beyond this would hang over the edge.
  for (let time = 0; time <= span * 0.97 && ticks.length < 8; time += step) {
    ticks.push({ at: percent(run.startedAt + time), label: time === 0 ? '0' : shortWords(time) })
  }
  return { percent, ticks }
}

function shortWords(millis: number): string {
  if (millis < minute) return `${Math.round(millis / second)} s`
  return millis % minute === 0 ? `${millis / minute} min` : words(millis)
}
