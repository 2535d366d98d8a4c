import { isScalar, parseDocument } from 'yaml'

/**
 * The text of a version set with another version at a path, `repositories.cf-deployment` or `programs.bbl`; every other
 * character stays as it is, comments and order too. Undefined where nothing is pinned at that path.
 */
export function editPin(text: string, path: string, version: string): string | undefined {
  const [kind = '', name = ''] = path.split('.')
  const inside = kind === 'repositories' ? ['version'] : kind === 'images' ? ['tag'] : []
  const node: unknown = parseDocument(text, { version: '1.1' }).getIn([kind, name, ...inside], true)
  if (!isScalar(node) || node.range === undefined || node.range === null) return undefined
  const [start, end] = node.range
  // Always in quotes: 1.10 is not 1.1. No scheme reads a version that has a quote in it.
  return `${text.slice(0, start)}'${version}'${text.slice(end)}`
}
