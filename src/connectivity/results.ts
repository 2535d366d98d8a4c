import { countsOf, type CellResult, type MatrixResults } from '../core/matrix-results.ts'

/** `2 of 6 cells not as expected: app-pod, pod-app-no-policy`, or that all were; flakes are always named. */
export function summaryOf(results: MatrixResults): string {
  const named = (verdict: CellResult['verdict']): string =>
    results.cells.flatMap(cell => (cell.verdict === verdict ? [cell.id] : [])).join(', ')
  const { fail, flake } = countsOf(results)
  const count = results.cells.length
  const main =
    fail === 0
      ? `${count - flake} of ${count} cells as expected`
      : `${fail} of ${count} cells not as expected: ${named('fail')}`
  return flake === 0 ? main : `${main}; ${flake} only when tried again: ${named('flake')}`
}

/** Rows for a terminal, one a cell. */
export function formatResults(results: MatrixResults): string {
  const width = Math.max(...results.cells.map(cell => cell.id.length), 0)
  const lines = results.cells.map(
    cell =>
      `  ${cell.verdict.padEnd(5)}  ${cell.id.padEnd(width)}  ${cell.expected.padEnd(6)}  ${cell.detail}${triesOf(cell)}`
  )
  return [...lines, summaryOf(results)].join('\n')
}

function triesOf({ tries }: CellResult): string {
  return tries === undefined ? '' : ` (tried ${tries} times)`
}
