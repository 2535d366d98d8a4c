import type { Comment } from '../concourse/yaml-node.ts'
import type { Position } from '../concourse/text-reading.ts'
import type { Suppression } from './suppress.ts'

/** `# causeway: allow missing-artifact, artifact-race because the image brings it` */
const pattern =
  /^causeway:\s*allow\s+(?!because\b)(?<codes>[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)(?:\s+because\b\s*(?<reason>.*))?$/

/**
 * What comments allow. A comment behind something is about its own line; one that stands alone is about the next line
 * that says something.
 */
export function commentSuppressions(
  comments: readonly Comment[],
  text: string,
  file: string,
  positionAt: (offset: number) => Position
): Suppression[] {
  return comments.flatMap(comment => {
    if (!comment.text.startsWith('causeway:')) return []
    const place = { path: '', file, ...positionAt(comment.at) }
    const { codes, reason = '' } = pattern.exec(comment.text)?.groups ?? {}
    if (codes === undefined) return [{ code: '', reason: '', covers: () => false, place }]
    const covered = positionAt(offsetOfSubject(comment.at, text)).line
    return codes.split(',').map(code => ({
      code: code.trim(),
      reason,
      covers: finding => finding.line === covered,
      place
    }))
  })
}

/** Of the comment's own line where something stands before it, else of the next line that says something. */
function offsetOfSubject(at: number, text: string): number {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  if (text.slice(lineStart, at).trim() !== '') return at
  const rest = /\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*[^\s#]/.exec(text.slice(at))
  return rest === null ? at : at + rest.index + rest[0].length - 1
}
