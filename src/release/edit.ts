/** A change of one of upstream's texts, at a line that must be there exactly once. */
export interface Edit {
  /** What it is for, as a reader of the diff would say it. */
  readonly about: string
  /** A whole line of upstream's text, without its end. */
  readonly anchor: string
  /** What stands in its place; the anchor may be among it. */
  readonly lines: readonly string[]
}

/** What is wrong with the places that edits look for; all of it, in the order of the edits. */
export interface EditProblem {
  readonly edit: Edit
  /** Found and expected. */
  readonly message: string
}

export interface Edited {
  readonly text: string
  readonly problems: readonly EditProblem[]
}

/**
 * Makes the edits, and leaves every other byte as it is. An edit that was made already is not made again, so that the
 * result of the result is the same. Where a place is missing or there twice, the edit is not made and the problem told.
 */
export function applyEdits(text: string, edits: readonly Edit[]): Edited {
  const problems: EditProblem[] = []
  let lines = text.split('\n')
  for (const edit of edits) {
    const made = placesOf(lines, edit.lines)
    // An anchor within what was made is not one that waits.
    const isWithin = (at: number): boolean =>
      made.some(start => at >= start && at < start + edit.lines.length)
    const waiting = placesOf(lines, [edit.anchor]).filter(at => !isWithin(at))
    const [first] = waiting
    if (made.length === 1 && first === undefined) continue
    if (made.length === 0 && waiting.length === 1 && first !== undefined) {
      lines = [...lines.slice(0, first), ...edit.lines, ...lines.slice(first + 1)]
      continue
    }
    problems.push({ edit, message: describe(edit, made, waiting) })
  }
  return { text: lines.join('\n'), problems }
}

/** Where a run of lines begins, counted from 0. */
function placesOf(lines: readonly string[], wanted: readonly string[]): readonly number[] {
  return lines.flatMap((_, at) => (wanted.every((line, offset) => lines[at + offset] === line) ? [at] : []))
}

function describe({ anchor }: Edit, made: readonly number[], waiting: readonly number[]): string {
  const numbers = (places: readonly number[]): string => places.map(at => at + 1).join(', ')
  const line = JSON.stringify(anchor)
  if (made.length > 0 && waiting.length > 0)
    return `found line ${line} at ${numbers(waiting)} besides the edit at ${numbers(made)}, expected one of both`
  if (made.length > 1) return `found the edit of line ${line} at ${numbers(made)}, expected it once`
  if (waiting.length > 1) return `found line ${line} at ${numbers(waiting)}, expected it once`
  return `found no line ${line}, expected it once`
}
