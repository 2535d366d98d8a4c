/**
 * Compares versions as BOSH does: release, then pre-release (none comes last), then post-release (none comes first)
 * (github.com/cppforlife/go-semi-semantic, version/version.go).
 */
export function compareVersions(left: string, right: string): number {
  const a = split(left)
  const b = split(right)
  return (
    compareSegments(a.release, b.release) ||
    compareOptional(a.pre, b.pre, 1) ||
    compareOptional(a.post, b.post, -1)
  )
}

/** Whether BOSH takes the text for a version. */
export function isVersion(text: string): boolean {
  return /^[\w.]+(-[\w\-.]+)?(\+[\w\-.]+)?$/.test(text)
}

function split(version: string): { release: string; pre: string | undefined; post: string | undefined } {
  const [, release = '', pre, post] = /^([\w.]+)(?:-([\w\-.]+))?(?:\+([\w\-.]+))?$/.exec(version) ?? []
  return { release, pre, post }
}

function compareOptional(a: string | undefined, b: string | undefined, absentIs: 1 | -1): number {
  if (a === undefined && b === undefined) return 0
  if (a === undefined) return absentIs
  if (b === undefined) return -absentIs
  return compareSegments(a, b)
}

function compareSegments(left: string, right: string): number {
  const a = left.split('.')
  const b = right.split('.')
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compareParts(a[index] ?? '0', b[index] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

function compareParts(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}
