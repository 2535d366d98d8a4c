const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/**
 * Whether the checksum of a bech32 text is right: whoever types a public key, or copies it short, gets it wrong (BIP 173).
 * age drops the limit of 90 letters, and so does this.
 */
export function isBech32(text: string): boolean {
  const at = text.lastIndexOf('1')
  const prefix = text.slice(0, at)
  const values = Array.from(text.slice(at + 1), letter => letters.indexOf(letter))
  if (at < 1 || values.length < 6 || values.includes(-1)) return false
  const codes = Array.from(prefix, letter => letter.charCodeAt(0))
  return remainder([...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31), ...values]) === 1
}

function remainder(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    generators.forEach((generator, bit) => {
      if (((top >>> bit) & 1) === 1) sum ^= generator
    })
  }
  return sum >>> 0
}
