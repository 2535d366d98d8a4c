import { Automaton } from './automaton.ts'

/** Whether a `passed` is a pattern rather than a name. */
export function isGlob(text: string): boolean {
  return /[*?[\\]/.test(text)
}

const token =
  /\\(?<escaped>[^])|\[(?<not>\^?)(?<set>(?:\\[^]|[^\]\\])+)\]|(?<star>\*)|(?<any>\?)|(?<other>[^])/gu

/**
 * What the pattern of a `passed` matches, in Go's notation (https://pkg.go.dev/path#Match). A malformed one matches
 * nothing, as in Concourse.
 */
export function globMatcher(glob: string): (text: string) => boolean {
  const automaton = new Automaton()
  for (const { groups = {} } of glob.matchAll(token)) {
    const { escaped, not, set, star, any, other } = groups
    if (star !== undefined) automaton.many(isNoSlash)
    else if (any !== undefined) automaton.one(isNoSlash)
    else if (set !== undefined) {
      const ranges = rangesOf(set)
      if (ranges === undefined) return matchesNothing
      const isIn = (character: string) =>
        ranges.some(([low, high]) => low <= code(character) && code(character) <= high)
      automaton.one(not === '^' ? character => !isIn(character) : isIn)
    } else if (other === '[' || other === '\\') return matchesNothing
    else automaton.one(character => character === (escaped ?? other))
  }
  const start = literalStart(glob)
  return text => text.startsWith(start) && automaton.matches(text)
}

/** What all that a glob matches begins with: most names are soon ruled out by it. */
export function literalStart(glob: string): string {
  return /^[^*?[{\\]*/.exec(glob)?.[0] ?? ''
}

const matchesNothing = () => false
const isNoSlash = (character: string) => character !== '/'

const range =
  /(?:\\(?<escapedLow>[^])|(?<low>[^-]))(?:-(?:\\(?<escapedHigh>[^])|(?<high>[^-])))?|(?<dash>-)/gu

/** Of the characters between brackets, from which to which; undefined where a dash stands alone. */
function rangesOf(set: string): readonly (readonly [number, number])[] | undefined {
  const ranges: [number, number][] = []
  for (const { groups = {} } of set.matchAll(range)) {
    if (groups['dash'] !== undefined) return undefined
    const low = groups['escapedLow'] ?? groups['low'] ?? ''
    ranges.push([code(low), code(groups['escapedHigh'] ?? groups['high'] ?? low)])
  }
  return ranges
}

function code(character: string): number {
  return character.codePointAt(0) ?? 0
}
