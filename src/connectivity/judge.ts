import type { CellResult } from '../core/matrix-results.ts'
import type { Cell, Expected } from './matrix.ts'
import type { Places } from './places.ts'
import type { Answer } from './question.ts'

/** What came of a question: an answer, or the reason that there was none. */
export type Seen = { readonly answer: Answer } | { readonly reason: string }

export type Judgement = Pick<CellResult, 'detail' | 'source'> & { readonly isExpected: boolean }

/** Holds what was seen against what had to come of it. */
export function judge({ from }: Cell, expected: Expected, seen: Seen, places: Places): Judgement {
  if ('reason' in seen) return { isExpected: expected.outcome === 'fails', detail: seen.reason }
  const { said, source } = seen.answer
  const told = source === undefined ? {} : { source }
  if (expected.outcome === 'fails') {
    return { isExpected: false, detail: `it was answered (${said}), expected no answer`, ...told }
  }
  if (expected.source === undefined) return { isExpected: true, detail: `answered: ${said}`, ...told }
  // An answer from behind another address would hide that the flow is translated on its way.
  const allowed = places.sourcesOf(expected.source, from)
  const isExpected = source !== undefined && allowed.includes(source)
  return {
    isExpected,
    detail: isExpected ? `answered, ${said}` : `${said}, expected ${allowed.join(' or ')}`,
    ...told
  }
}
