import { createReadStream } from 'node:fs'
import { isAbort, systemCodeOf, UserError } from '../core/errors.ts'
import type { CliContext } from './context.ts'
import { mostBytes, textOf } from './source-text.ts'

/** What stands for standard input among files, as fly takes it. */
export const standardInput = '-'

/**
 * Reads a file that people write, in UTF-8, without a byte order mark; `-` is standard input. A file that can't be
 * opened is wrong use (UserError); one that holds no text is a finding, at the place where it stops being one.
 * `name` is what findings call the file. @default the file
 */
export async function readSource(context: Input, file: string, name = file): Promise<string> {
  return textOf(await readBytes(context, file), name)
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
      if (size > mostBytes) break
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
