import { markup, verbatim, type Markup } from '../core/markup.ts'
import { countsOf, type CellResult, type MatrixResults } from '../core/matrix-results.ts'

/** Connectivity results as JUnit XML, one test case a cell, in the dialect that CI servers agree on. */
export function renderJUnit(results: MatrixResults): string {
  const { fail, skip } = countsOf(results)
  const total = results.cells.length
  const took = seconds(results.cells.reduce((sum, { tookMillis }) => sum + tookMillis, 0))
  const name = `connectivity${results.environment === undefined ? '' : ` of ${results.environment}`}`
  const declaration = verbatim('<?xml version="1.0" encoding="UTF-8"?>')
  const page = markup`${declaration}
<testsuites>
  <testsuite name="${name}" tests="${total}" failures="${fail}" errors="0" skipped="${skip}" time="${took}">
${results.cells.map(cell => testCase(cell, name))}  </testsuite>
</testsuites>
`
  return page.markup
}

function testCase(cell: CellResult, suite: string): Markup {
  const { id, from, to, proves, verdict, tookMillis, detail, command } = cell
  const start = markup`    <testcase classname="${suite}" name="${id}: ${proves}" time="${seconds(tookMillis)}"`
  switch (verdict) {
    case 'pass':
      return markup`${start}/>
`
    case 'skip':
      return markup`${start}>
      <skipped message="${detail}"/>
    </testcase>
`
    case 'flake':
      // As Maven's Surefire says it: a test that passed when it was run again.
      return markup`${start}>
      <flakyFailure message="${detail}" type="connectivity">${from} to ${to}, expected: ${cell.expected}
$ ${command}
${detail}</flakyFailure>
    </testcase>
`
    case 'fail':
      return markup`${start}>
      <failure message="${detail}" type="connectivity">${from} to ${to}, expected: ${cell.expected}
$ ${command}
${detail}</failure>
    </testcase>
`
    default:
      return verdict satisfies never
  }
}

function seconds(millis: number): string {
  return (Math.max(0, millis) / 1000).toFixed(3)
}
