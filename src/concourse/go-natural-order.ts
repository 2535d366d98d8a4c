/**
 * The order in which go-yaml 2 writes keys: digits by the number that they make, letters after all else
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/sorter.go). It is no order of all keys: `5ms` comes before `0755`, that
 * before `0b11`, and that before `5ms`. Of such keys go-yaml itself writes now the one first, now another. Letters that
 * are newer than Unicode 15 are none to fly.
 */
export function naturalOrder(a: string, b: string): number {
  if (isPlain.test(a) && isPlain.test(b)) return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [Array.from(a), Array.from(b)]
  const at = left.findIndex((character, index) => character !== right[index])
  const [one, other] = [left[at], right[at]]
  if (at === -1 || one === undefined || other === undefined) return left.length - right.length
  return differenceAt(at, left, right) || compare(one, other)
}

/** Letters of ASCII alone, where nothing is special. */
const isPlain = /^[A-Za-z]*$/

function differenceAt(at: number, left: readonly string[], right: readonly string[]): number {
  const [one = '', other = ''] = [left[at], right[at]]
  const [isLetter, isOtherLetter] = [letter.test(one), letter.test(other)]
  if (isLetter !== isOtherLetter) return isLetter ? 1 : -1
  if (isLetter) return compare(one, other)
  // A zero within a number counts, but not one that leads it.
  const start = (one === '0' || other === '0') && isWithinNumber(left, at) ? 1n : 0n
  const [number, otherNumber] = [numberAt(left, at, start), numberAt(right, at, start)]
  if (number.value !== otherNumber.value) return number.value < otherNumber.value ? -1 : 1
  return number.end - otherNumber.end
}

const letter = /^\p{L}$/u
const digit = /^\p{Nd}$/u

function isWithinNumber(characters: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0; before -= 1) {
    const character = characters[before] ?? ''
    if (!digit.test(character)) return false
    if (character !== '0') return true
  }
  return false
}

/** The number that begins there, as 64 bits hold it, and where it ends. */
function numberAt(characters: readonly string[], at: number, start: bigint): { value: bigint; end: number } {
  let value = start
  let end = at
  for (; digit.test(characters[end] ?? ''); end += 1) {
    value = BigInt.asIntN(64, value * 10n + BigInt((characters[end]?.codePointAt(0) ?? 0) - 0x30))
  }
  return { value, end }
}

function compare(one: string, other: string): number {
  return (one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0)
}
