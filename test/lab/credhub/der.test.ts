import fc from 'fast-check'
import { expect, it } from 'vitest'
import { integer } from '../../../src/lab/credentials/der.ts'

it('writes a number in as few bytes as it needs, and never as a negative one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), bytes => {
      const content = integer(Buffer.from(bytes)).subarray(2)
      // X.690, 8.3.2: the first nine bits are neither all ones nor all zeros.
      if (content.length > 1) expect(content[0] === 0 && (content[1] ?? 0) < 0x80).toBe(false)
      expect(content[0]).toBeLessThan(0x80)
      const value = (of: Uint8Array): bigint => BigInt(`0x${Buffer.from(of).toString('hex')}`)
      expect(value(content)).toBe(value(bytes))
    })
  )
})
