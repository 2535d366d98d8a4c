import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cutLines } from '../core/lines.ts'
import type { Programs } from './exec.ts'

/**
 * Unpacks the archives in a folder, those within them too, each into a folder of its name, and hides known secrets in every
 * text file: evidence is read by many, and an archive hides nothing. Where that fails, the whole folder goes.
 */
export async function unpackLogs(
  programs: Programs,
  redact: (text: string) => string,
  folder: string
): Promise<void> {
  try {
    for (let found = await archivesIn(folder); found.length > 0; found = await archivesIn(folder)) {
      for (const archive of found) await unpack(programs, archive)
    }
    for (const file of await filesIn(folder)) if (await isText(file)) await maskFile(file, redact)
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true })
    throw thrown
  }
}

const suffix = /\.(tgz|tar\.gz)$/

async function archivesIn(folder: string): Promise<string[]> {
  return (await filesIn(folder)).filter(file => suffix.test(file))
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

async function unpack(programs: Programs, archive: string): Promise<void> {
  const to = archive.replace(suffix, '')
  await mkdir(to, { recursive: true })
  await programs.run({ program: 'tar', args: ['-xzf', archive, '-C', to, '--no-same-owner'], echo: false })
  await rm(archive)
}

/** As git tells it: no byte of the first 8,000 is zero. */
async function isText(file: string): Promise<boolean> {
  const opened = await open(file)
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(8000), 0, 8000, 0)
    return !buffer.subarray(0, bytesRead).includes(0)
  } finally {
    await opened.close()
  }
}

/** Line by line, since logs may be larger than the memory. */
async function maskFile(file: string, redact: (text: string) => string): Promise<void> {
  const half = `${file}.half`
  const masked = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    const done: string[] = []
    const lines = cutLines(line => done.push(`${redact(line)}\n`))
    for await (const chunk of chunks) {
      lines.push(chunk)
      yield done.splice(0).join('')
    }
    lines.flush()
    yield done.join('')
  }
  await pipeline(createReadStream(file), masked, createWriteStream(half, { mode: 0o600 }))
  await rename(half, file)
}
