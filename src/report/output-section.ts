import { markup, type Markup } from '../core/markup.ts'
import { cleanLine } from '../core/screen-text.ts'
import { isLeaf, labelOf } from './rows.ts'
import type { RunView, StepView } from './run-view.ts'
import { markOf } from './style.ts'

/** Where the log of a step lies, seen from the page; undefined where it has none. */
export type LogOf = (step: { readonly id: number; readonly name: string }) => string | undefined

/** What each step said last, folded in. */
export function outputSection(run: RunView, logOf: LogOf): Markup | undefined {
  const items = [...run.byId.values()]
    .filter(step => isLeaf(step) && step.tail.length > 0)
    .map(step => stepOutput(step, logOf))
  if (items.length === 0) return undefined
  return markup`<section class="outputs">
<h2>What the steps said</h2>
${items}</section>
`
}

function stepOutput(step: StepView, logOf: LogOf): Markup {
  const outcome = step.outcome ?? 'aborted'
  const mark = markup`<span class="mark">${markOf(outcome, { unicode: true })}</span>`
  return markup`<details class="${outcome}"><summary>${mark} ${cleanLine(labelOf(step))}</summary>
<pre>${step.tail.map(cleanLine).join('\n')}</pre>
${logLink(step, logOf)}</details>
`
}

/** A link to the whole log of a step. */
export function logLink(step: StepView, logOf: LogOf): Markup | undefined {
  const href = logOf(step)
  if (href === undefined) return undefined
  return markup`<p><a href="${href}">Whole log of ${cleanLine(step.name)}</a></p>
`
}
