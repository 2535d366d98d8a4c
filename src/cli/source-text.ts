import { isUtf8 } from 'node:buffer'
import { FindingsError, type Finding } from '../core/finding.ts'

/** A pipeline of 5,000 jobs is a quarter of it; more is no pipeline, and would only fill the memory. */
const mostMiB = 16

/** What a file may have at most. */
export const mostBytes = mostMiB * 2 ** 20

/**
 * The text of a file that people write, without a byte order mark. Throws a FindingsError, at the place where it stops
 * being text, if it is none. `name` is what findings call the file.
 */
export function textOf(bytes: Buffer, name: string): string {
  const finding = problemOf(bytes)
  if (finding !== undefined)
    throw new FindingsError([{ severity: 'error', path: '', file: name, ...finding }])
  return new TextDecoder('utf-8').decode(bytes)
}

type Problem = Pick<Finding, 'code' | 'message'> & Partial<Finding>

/** Why the bytes are no text that Concourse reads. */
function problemOf(bytes: Buffer): Problem | undefined {
  if (bytes.length === 0) {
    return { code: 'empty-file', message: 'found an empty file, expected YAML', line: 1, column: 1 }
  }
  if (bytes.length > mostBytes) {
    const hint = 'split it into pipelines of their own'
    return { code: 'too-large', message: `found more than ${mostMiB} MiB, expected less`, hint }
  }
  const nul = bytes.indexOf(0)
  if (nul !== -1) {
    const message = `found a byte 0x00 at offset ${nul}, expected text in UTF-8`
    const hint = 'name a text file, and save it as UTF-8'
    return { code: 'binary-file', message, hint, ...positionOf(bytes, nul) }
  }
  if (isUtf8(bytes)) return undefined
  const at = firstInvalid(bytes)
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  const message = `found the byte 0x${byte} at offset ${at}, which is no UTF-8; expected text in UTF-8`
  return { code: 'invalid-utf8', message, hint: 'save the file as UTF-8', ...positionOf(bytes, at) }
}

/** Line and column of a byte, both counted from 1, the column in UTF-16 units. */
function positionOf(bytes: Buffer, offset: number): { line: number; column: number } {
  const before = bytes.subarray(0, offset)
  const lineStart = before.lastIndexOf(0x0a) + 1
  const line = before.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1)
  return { line, column: before.subarray(lineStart).toString('utf8').length + 1 }
}

/** The offset of the first byte that begins no character. */
function firstInvalid(bytes: Buffer): number {
  let start = 0
  // A line end is never part of another character, so that all but one line can be left to Node.
  for (;;) {
    const end = bytes.indexOf(0x0a, start)
    const line = bytes.subarray(start, end === -1 ? bytes.length : end)
    if (!isUtf8(line)) return start + firstInvalidIn(line)
    if (end === -1) return bytes.length
    start = end + 1
  }
}

function firstInvalidIn(line: Buffer): number {
  let at = 0
  while (at < line.length) {
    const length = [1, 2, 3, 4].find(size => at + size <= line.length && isUtf8(line.subarray(at, at + size)))
    if (length === undefined) return at
    at += length
  }
  return at
}
