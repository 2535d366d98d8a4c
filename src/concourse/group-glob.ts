import { Automaton } from './automaton.ts'
import { literalStart } from './glob.ts'

/** Whether an entry of a group's `jobs` is a pattern rather than a name. */
export function isGroupGlob(text: string): boolean {
  return /[*?[{\\]/.test(text)
}

const token =
  /\\(?<escaped>[^])|(?<stars>\*\*?)|(?<any>\?)|\[(?:(?<not>!)|(?!!))(?:(?<low>[^])-(?<high>[^])|(?![^]-)(?<set>(?:\\[^]|[^\]\\])+))\]|(?<open>\{)|(?<comma>,)|(?<close>\})|(?<other>[^])/gu

/** Two literal ends with stars between them. */
const ends = /^(?<head>(?:[^*?[{\\]|\\[^])*)\*+(?<tail>(?:[^*?[{\\]|\\[^])*)\\?$/u

/**
 * What the pattern of a group's `jobs` matches; undefined where it is malformed. The notation is not that of `passed`:
 * `*` and `**` are any characters, `?` is one, `[a-z]`, `[abc]`, `[!a-z]` and `[!abc]` are one of some, `{a,b}` is either
 * pattern, and `\` takes the next character as it is. Brackets hold one range or single characters, never both
 * (github.com/gobwas/glob v0.2.3, which Concourse uses; its optimizations miss some matches of stars within braces).
 */
export function groupGlob(glob: string): ((name: string) => boolean) | undefined {
  const { head, tail } = ends.exec(glob)?.groups ?? {}
  if (head !== undefined && tail !== undefined) {
    // The library asks no more of a name than these two, which may even share characters.
    return name => name.startsWith(unescaped(head)) && name.endsWith(unescaped(tail))
  }
  const automaton = automatonOf(glob)
  const start = literalStart(glob)
  return automaton && (name => name.startsWith(start) && automaton.matches(name))
}

function automatonOf(glob: string): Automaton | undefined {
  const automaton = new Automaton()
  let depth = 0
  for (const { groups = {} } of glob.matchAll(token)) {
    const { escaped, stars, any, not, low, high, set, open, comma, close, other = '' } = groups
    if (stars !== undefined) automaton.many(isAny)
    else if (any !== undefined) automaton.one(isAny)
    else if (low !== undefined && high !== undefined) {
      const [from, to] = [codeOf(low), codeOf(high)]
      if (to < from) return undefined
      const isWithin = (code: number): boolean => from <= code && code <= to
      automaton.one(character => isWithin(codeOf(character)) === (not === undefined))
    } else if (set !== undefined) {
      const characters = new Set(unescaped(set))
      automaton.one(character => characters.has(character) === (not === undefined))
    } else if (open !== undefined) {
      depth += 1
      automaton.open()
    } else if (comma !== undefined && depth > 0) automaton.or()
    else if (close !== undefined && depth > 0) {
      depth -= 1
      automaton.close()
    } else if (other === '[') return undefined
    // A backslash at the end is dropped.
    else if (other !== '\\') {
      const literal = escaped ?? comma ?? close ?? other
      automaton.one(character => character === literal)
    }
  }
  // Braces that are left open end with the pattern.
  for (; depth > 0; depth -= 1) automaton.close()
  return automaton
}

function unescaped(text: string): string {
  return text.replace(/\\([^])/gu, '$1')
}

const isAny = () => true

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
