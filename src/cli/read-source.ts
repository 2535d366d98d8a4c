import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { isAbort, systemCodeOf, UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import type { CliContext } from './context.ts'

/** What stands for standard input among files, as fly takes it. */
export const standardInput = '-'

/** A pipeline of 5,000 jobs is a quarter of it; more is no pipeline, and would only fill the memory. */
const mostMiB = 16

/**
 * Reads a file that people write, in UTF-8, without a byte order mark; `-` is standard input. A file that can't be
 * opened is wrong use (UserError); one that holds no text is a finding, at the place where it stops being one.
 * `name` is what findings call the file. @default the file
 */
export async function readSource(context: Input, file: string, name = file): Promise<string> {
  const bytes = await readBytes(context, file)
  const finding = problemOf(bytes)
  if (finding !== undefined)
    throw new FindingsError([{ severity: 'error', path: '', file: name, ...finding }])
  return new TextDecoder('utf-8').decode(bytes)
}

type Input = Pick<CliContext, 'stdin' | 'signal'>

async function readBytes({ stdin, signal }: Input, file: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // One byte more than may be there is read at most, so that a pipe or a device without end is no trap.
    const stream: AsyncIterable<Uint8Array> =
      file === standardInput ? stdin() : createReadStream(file, { signal })
    for await (const chunk of stream) {
      chunks.push(chunk)
      size += chunk.length
      if (size > mostMiB * 2 ** 20) break
    }
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown
    throw notReadable(file, thrown)
  }
  return Buffer.concat(chunks)
}

const reasons: Readonly<Record<string, readonly [found: string, hint: string]>> = {
  ENOENT: ['found no such file', 'name a file that is there, e.g. out/pipelines/lab/repave.yml'],
  ENOTDIR: ['found no such file', 'name a file that is there, e.g. out/pipelines/lab/repave.yml'],
  EISDIR: ['found a folder', 'name the files in it, e.g. with a glob'],
  EACCES: ['found a file that this user may not read', 'let this user read it, e.g. with chmod'],
  EPERM: ['found a file that this user may not read', 'let this user read it, e.g. with chmod'],
  ELOOP: ['found symbolic links that lead to one another', 'name the file itself'],
  ENAMETOOLONG: ['found a name longer than any file has', 'name a file that is there']
}

function notReadable(file: string, thrown: unknown): UserError {
  const code = systemCodeOf(thrown) ?? 'an unknown error'
  const [found, hint] = reasons[code] ?? [`found ${code} when reading it`, 'name a file that can be read']
  return new UserError('usage', `${JSON.stringify(file).slice(1, -1)}: ${found}, expected a file`, {
    hint,
    cause: thrown
  })
}

type Problem = Pick<Finding, 'code' | 'message'> & Partial<Finding>

/** Why the bytes are no text that Concourse reads. */
function problemOf(bytes: Buffer): Problem | undefined {
  if (bytes.length === 0) {
    return { code: 'empty-file', message: 'found an empty file, expected YAML', line: 1, column: 1 }
  }
  if (bytes.length > mostMiB * 2 ** 20) {
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
