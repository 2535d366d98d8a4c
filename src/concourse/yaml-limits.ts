import type { Remark } from './yaml-node.ts'

/**
 * A pipeline of 5,000 jobs has some 4 million characters and some 300,000 values. What keeps below these limits can be
 * held in memory, whatever it says.
 */
const [longest, mostValues] = [6 * 1024 * 1024, 1_000_000]

/** A document deeper than this is refused, as whoever walks the tree calls itself for each level. */
export const deepest = 250

/** Set where a text, before its grammar is looked at, is too large to be read. */
export function tooLarge(text: string): Remark | undefined {
  if (text.length > longest) return tooMuch(`${text.length} characters, expected at most ${longest}`)
  const values = text.length > mostValues ? valuesIn(text) : 0
  return values > mostValues ? tooMuch(`some ${values} values, expected at most ${mostValues}`) : undefined
}

function tooMuch(what: string): Remark {
  const message = `found ${what}: no pipeline is as large as that`
  return { code: 'too-large', severity: 'error', message, at: 0 }
}

/** Not fewer than there are, but for a small factor: each stands on its own line, or after one of these signs. */
function valuesIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === lineFeed || code === comma || code === openBracket || code === openBrace) count += 1
    else if ((code === dash || code === questionMark) && text.charCodeAt(at + 1) <= blank) count += 1
  }
  return count
}

const [lineFeed, blank, comma, dash, questionMark, openBracket, openBrace] = [10, 32, 44, 45, 63, 91, 123]

/** Says that more levels are at an offset than whoever reads the document walks down. */
export function tooDeep(at: number): Remark {
  const message = `found more than ${deepest} levels, expected a document that people can read`
  return { code: 'too-deep', severity: 'error', message, at }
}

/**
 * Set where go-yaml gives up (v2.4.4, decode.go, allowedAliasRatio). Both count values: all of the document so far,
 * and those among them that aliases stand for.
 */
export function excessiveAliases(aliased: number, values: number, at: number): Remark | undefined {
  const [low, high] = [400_000, 4_000_000]
  const share = Math.min(1, Math.max(0, (values - low) / (high - low)))
  if (aliased <= 100 || values <= 1000 || aliased / values <= 0.99 - 0.89 * share) return undefined
  const message = 'found so many aliases of aliases that Concourse refuses the file'
  return { code: 'excessive-aliases', severity: 'error', message, at }
}
