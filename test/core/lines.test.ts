import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutLines } from '../../src/core/lines.ts'

function linesOf(chunks: readonly Buffer[]): readonly string[] {
  const lines: string[] = []
  const cutter = cutLines(line => lines.push(line))
  for (const chunk of chunks) cutter.push(chunk)
  cutter.flush()
  return lines
}

it('gives the same lines however the stream is cut', () => {
  const pieces = fc.array(fc.oneof(fc.constantFrom('\n', '\r', '\r\n', 'ü', '🚀', ''), fc.string()), {
    maxLength: 20
  })
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(60), { maxLength: 10 }), (texts, cuts) => {
      const whole = Buffer.from(texts.join(''))
      const edges = [0, ...cuts.filter(cut => cut < whole.length).toSorted((a, b) => a - b), whole.length]
      const chunks = edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge))
      expect(linesOf(chunks)).toEqual(linesOf([whole]))
    })
  )
})

it('cuts a line that never ends', () => {
  const chunk = Buffer.alloc(1 << 18, 'x')
  const lines = linesOf([chunk, chunk, chunk, chunk, chunk, chunk])
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('')).toHaveLength(6 * chunk.length)
})

it('cuts it where no secret is torn apart', () => {
  const secret = 'e3T5cfgjXjWzkGAbDmkBAErCMQQoUz'
  // The cut comes after the first mebibyte: in the midst of the secret that stands there.
  const filler = 'word '.repeat(((1 << 20) - 20) / 5)
  const lines = linesOf([Buffer.from(`${filler}${secret}${secret}`), Buffer.from(' and more')])
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.some(line => line.includes(secret))).toBe(true)
  expect(lines.join('')).toBe(`${filler}${secret}${secret} and more`)
})
