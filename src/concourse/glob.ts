/** Whether Concourse takes it for a pattern rather than for a name. */
export function isGlob(text: string): boolean {
  return /[*?[\\]/.test(text)
}

const token =
  /\\(?<escaped>[^])|\[(?<not>\^?)(?<set>(?:\\[^]|[^\]\\])+)\]|(?<star>\*)|(?<any>\?)|(?<other>[^])/gu

/**
 * The pattern of a `passed`, in Go's notation (https://pkg.go.dev/path#Match). A malformed one matches nothing, as in
 * Concourse.
 */
export function globToRegExp(glob: string): RegExp {
  let source = ''
  for (const { groups = {} } of glob.matchAll(token)) {
    const { escaped, not = '', set, star, any, other = '' } = groups
    if (set !== undefined)
      source += `[${not}${set.replace(/\\([^])|([^-])/gu, (_, a?: string, b?: string) => literal(a ?? b ?? ''))}]`
    else if (star !== undefined) source += '[^/]*'
    else if (any !== undefined) source += '[^/]'
    else if (other === '[' || other === '\\') return matchesNothing
    else source += literal(escaped ?? other)
  }
  try {
    return new RegExp(`^${source}$`, 'u')
  } catch {
    return matchesNothing
  }
}

const matchesNothing = /(?!)/

function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
