/**
 * As much of DER (ITU-T X.690) as a certificate needs. Values are written as bytes and read as offsets.
 */

/** One value: its tag, its length and what is in it. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

export const sequence = (...items: readonly Buffer[]): Buffer => der(0x30, ...items)
export const set = (...items: readonly Buffer[]): Buffer => der(0x31, ...items)
export const octets = (content: Buffer): Buffer => der(0x04, content)
export const text = (content: string): Buffer => der(0x0c, Buffer.from(content))
export const trueValue = der(0x01, Buffer.from([0xff]))

/** A number that is not negative, given as its bytes; written in as few as it needs, as DER demands (8.3.2). */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex(byte => byte !== 0)
  const short = first === -1 ? Buffer.alloc(1) : bytes.subarray(first)
  return der(0x02, (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), short]) : short)
}

/** Bits that are whole bytes, save for so many unused ones at the end. */
export function bits(content: Buffer, unused = 0): Buffer {
  return der(0x03, Buffer.from([unused]), content)
}

/** An object identifier in dots. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** A point in time. Years up to 2049 are written with two digits (RFC 5280, 4.1.2.5). */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  const isShort = at.getUTCFullYear() < 2050
  return der(isShort ? 0x17 : 0x18, Buffer.from(isShort ? digits.slice(2) : digits))
}

/** A tag of the surrounding structure's own. */
export function tagged(number: number, ...content: readonly Buffer[]): Buffer {
  return der(0xa0 + number, ...content)
}

/** The values inside a value, each with its tag and length. */
export function children(value: Buffer): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = headerOf(value, 0).content; at < value.length;) {
    const { content, length } = headerOf(value, at)
    found.push(value.subarray(at, content + length))
    at = content + length
  }
  return found
}

function headerOf(bytes: Buffer, at: number): { content: number; length: number } {
  const first = bytes[at + 1] ?? 0
  if (first < 0x80) return { content: at + 2, length: first }
  const size = first - 0x80
  return { content: at + 2 + size, length: bytes.readUIntBE(at + 2, size) }
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.from([0x80 + bytes.length, ...bytes])
}

function base128(arc: number): readonly number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 + (rest % 128))
  }
  return bytes
}
