import type { MatrixResults } from '../core/matrix-results.ts'

/** `2 of 6 cells failed: app-pod, pod-app-no-policy`, or that all passed. */
export function summaryOf(results: MatrixResults): string {
  const failed = results.cells.filter(cell => cell.verdict === 'fail')
  const count = results.cells.length
  if (failed.length === 0) return `${count} of ${count} cells as expected`
  return `${failed.length} of ${count} cells not as expected: ${failed.map(cell => cell.id).join(', ')}`
}

/** Rows for a terminal, one a cell. */
export function formatResults(results: MatrixResults): string {
  const width = Math.max(...results.cells.map(cell => cell.id.length), 0)
  const lines = results.cells.map(
    cell =>
      `  ${cell.verdict.padEnd(4)}  ${cell.id.padEnd(width)}  ${cell.expected.padEnd(6)}  ${cell.detail}`
  )
  return [...lines, summaryOf(results)].join('\n')
}
