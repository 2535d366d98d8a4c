import { markup, type Markup } from '../core/markup.ts'
import { cleanLine } from '../core/screen-text.ts'
import { words } from './clock.ts'
import { countsOf, type CellResult, type MatrixResults } from '../core/matrix-results.ts'

/** What was tested, a row a cell, those that went wrong first. */
export function connectivitySection(results: MatrixResults | undefined): Markup | undefined {
  if (results === undefined) return undefined
  const order: readonly CellResult['verdict'][] = ['fail', 'flake', 'skip', 'pass']
  const cells = results.cells.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  return markup`<section>
<h2>Connectivity</h2>
<p>${summary(results)}</p>
<table class="cells">
<thead><tr><th scope="col">Verdict</th><th scope="col">Flow</th><th scope="col">What it proves</th><th scope="col">Expected</th><th scope="col">Seen</th><th scope="col" class="number">Took</th></tr></thead>
<tbody>
${cells.map(cellRow)}</tbody>
</table>
</section>
`
}

function summary(results: MatrixResults): string {
  const { pass, flake, fail, skip } = countsOf(results)
  const of = results.network === undefined ? '' : ` on ${cleanLine(results.network)}`
  const parts = [
    `${pass} of ${results.cells.length} flows${of} went as expected`,
    fail === 0 ? '' : `${fail} did not`,
    flake === 0 ? '' : `${flake} did so only when tried again`,
    skip === 0 ? '' : `${skip} ${skip === 1 ? 'was' : 'were'} not tried`
  ]
  return `${parts.filter(part => part !== '').join(', ')}.`
}

const verdicts: Readonly<Record<CellResult['verdict'], string>> = {
  pass: '✓ pass',
  flake: '! flake',
  fail: '✗ fail',
  skip: '– skip'
}

function cellRow(cell: CellResult): Markup {
  const source =
    cell.source === undefined
      ? undefined
      : markup`<br><span class="soft">source ${cleanLine(cell.source)}</span>`
  const tries =
    cell.tries === undefined ? undefined : markup`<br><span class="soft">tried ${cell.tries} times</span>`
  return markup`<tr><td class="${cell.verdict}">${verdicts[cell.verdict]}</td><th scope="row">${cleanLine(cell.from)} → ${cleanLine(cell.to)}<br><span class="soft">${cleanLine(cell.id)}</span></th><td>${cleanLine(cell.proves)}<details><summary>Command</summary><pre>${cell.command}</pre></details></td><td>${cleanLine(cell.expected)}</td><td>${cleanLine(cell.detail)}${source}${tries}</td><td class="number">${cell.verdict === 'skip' ? '' : words(cell.tookMillis)}</td></tr>
`
}
