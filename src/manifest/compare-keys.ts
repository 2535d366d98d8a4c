const letter = /\p{L}/u
const digit = /\d/

/**
 * The order of map keys in YAML that Go writes: `z9` before `z10`, and letters after everything else
 * (gopkg.in/yaml.v2 v2.4.0, sorter.go).
 */
export function compareKeys(left: string, right: string): number {
  const a = Array.from(left)
  const b = Array.from(right)
  for (const [index, ofA] of a.entries()) {
    const ofB = b[index]
    if (ofB === undefined) return 1
    if (ofA === ofB) continue
    const letters = [letter.test(ofA), letter.test(ofB)]
    if (letters[0] === true && letters[1] === true) return codeOrder(ofA, ofB)
    if (letters[0] === true) return 1
    if (letters[1] === true) return -1
    return compareNumbers(a, b, index) || codeOrder(ofA, ofB)
  }
  return a.length - b.length
}

/** Compares the numbers that stand at the first difference; a zero inside a number is not its start. */
function compareNumbers(a: readonly string[], b: readonly string[], index: number): number {
  const inside = (a[index] === '0' || b[index] === '0') && hasDigitBefore(a, index)
  const [ofA, ofB] = [digitsFrom(a, index), digitsFrom(b, index)]
  const prefix = inside ? '1' : ''
  const difference = Number(prefix + ofA || '0') - Number(prefix + ofB || '0')
  return difference === 0 ? ofA.length - ofB.length : difference
}

function hasDigitBefore(text: readonly string[], index: number): boolean {
  for (let place = index - 1; place >= 0 && digit.test(text[place] ?? ''); place -= 1) {
    if (text[place] !== '0') return true
  }
  return false
}

function digitsFrom(text: readonly string[], index: number): string {
  let end = index
  while (digit.test(text[end] ?? '')) end += 1
  return text.slice(index, end).join('')
}

function codeOrder(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
}
