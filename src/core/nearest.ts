/**
 * The known name that a misspelt one was most likely meant to be, or undefined when none is close: at most a third of
 * its letters may differ. Two letters that changed places count as one slip.
 */
export function nearestName(found: string, known: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(found.length / 3))
  let best: string | undefined
  let bestSlips = allowed + 1
  for (const name of known) {
    if (Math.abs(name.length - found.length) >= bestSlips) continue
    const slips = slipsBetween(found.toLowerCase(), name.toLowerCase())
    if (slips < bestSlips) {
      best = name
      bestSlips = slips
    }
  }
  return best
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let slips = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, at(beforeLast, j - 2) + 1)
      }
      row.push(slips)
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
