import { gunzipSync, gzipSync } from 'node:zlib'

const blockBytes = 512

/** Files of a tar archive (POSIX.1-1988 ustar) by path, without a leading `./`. */
export type TarFiles = ReadonlyMap<string, Buffer>

/** Opens a `.tgz`. Undefined where it is none. */
export function readTgz(archive: Buffer): TarFiles | undefined {
  try {
    return readTar(gunzipSync(archive))
  } catch {
    return undefined
  }
}

function readTar(tar: Buffer): TarFiles {
  const files = new Map<string, Buffer>()
  for (let at = 0; at + blockBytes <= tar.length;) {
    const header = tar.subarray(at, at + blockBytes)
    if (header[0] === 0) break
    const size = parseInt(textOf(header, 124, 12), 8) || 0
    const prefix = textOf(header, 345, 155)
    const name = textOf(header, 0, 100)
    const content = tar.subarray(at + blockBytes, at + blockBytes + size)
    const type = textOf(header, 156, 1)
    if (type === '' || type === '0') {
      files.set((prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, ''), content)
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes
  }
  return files
}

function textOf(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString()
}

/** Packs files into a `.tgz`. */
export function writeTgz(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, file]) => {
    const content = Buffer.from(file)
    const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes)
    return [headerOf(name, content.length), content, padding]
  })
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)]))
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(blockBytes)
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o644, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(Math.floor(Date.now() / 1000), 12), 136)
  header.write('0', 156)
  header.write('ustar\0' + '00', 257)
  // The sum counts its own field as blanks.
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
