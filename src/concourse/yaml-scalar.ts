/** What a scalar of YAML can mean. A number may be NaN or infinite here, as YAML has words for these. */
export type Scalar = null | boolean | number | string

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...spellings(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...spellings(false, 'n N no No NO false False FALSE off Off OFF'),
  ...spellings(null, '~ null Null NULL'),
  ...spellings(NaN, '.nan .NaN .NAN'),
  ...spellings(Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...spellings(-Infinity, '-.inf -.Inf -.INF'),
  ['', null]
])

function spellings(value: Scalar, list: string): (readonly [string, Scalar])[] {
  return list.split(' ').map(word => [word, value])
}

/** No word is longer than `false`. */
const longestWord = 5

const dotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const integer = /^([-+]?)(0x[0-9a-f]+|0b[01]+|0o?[0-7]+|0|[1-9][0-9]*)$/i

/**
 * What Concourse takes an unquoted scalar for. It reads YAML 1.1, but in a dialect of its own: sexagesimals and
 * dates stay text, while `0o17` and any number of underscores make a number
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go).
 */
export function resolvePlain(text: string): Scalar {
  if (text.length <= longestWord) {
    const word = words.get(text)
    if (word !== undefined) return word
  }
  const first = text.charCodeAt(0)
  if (first === dot) return dotFloat.test(text) ? floatOf(text) : text
  if ((first < zero || first > nine) && first !== plus && first !== minus) return text
  const digits = text.replaceAll('_', '')
  const whole = integerOf(digits)
  if (whole !== undefined) return Number(whole)
  return float.test(digits) ? floatOf(text) : text
}

const [plus, minus, dot, zero, nine] = [0x2b, 0x2d, 0x2e, 0x30, 0x39]

/** What overflows a double stays text. */
function floatOf(text: string): number | string {
  const value = Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? value : text
}

/** Undefined also beyond 64 bits, where Go goes on to try a float. */
function integerOf(digits: string): bigint | undefined {
  const [, sign, magnitude] = integer.exec(digits) ?? []
  if (magnitude === undefined) return undefined
  // A leading zero means octal to Go, and nothing to JavaScript.
  const value = BigInt(magnitude.replace(/^0o?(?=[0-7])/i, '0o'))
  const limit = sign === '' ? 2n ** 64n - 1n : sign === '+' ? 2n ** 63n - 1n : 2n ** 63n
  if (value > limit) return undefined
  return sign === '-' ? -value : value
}

/**
 * What Concourse takes a scalar with a tag for: a tag of YAML's own types is obeyed, any other makes text of what is
 * written. Undefined where the text is not of the tag's type, which Concourse refuses.
 */
export function resolveTagged(tag: string, text: string): Scalar | undefined {
  const value = resolvePlain(text)
  switch (tag) {
    case '!!null':
      return value === null ? null : undefined
    case '!!bool':
      // Of the spellings of YAML 1.1, fly knows these alone where a tag stands before them.
      return typeof value === 'boolean' && /^[tf]/i.test(text) ? value : undefined
    case '!!float':
      return typeof value === 'number' ? value : undefined
    case '!!int':
      return integerOf(text.replaceAll('_', '')) !== undefined ? value : undefined
    case '!!binary':
      return decoded(text)
    default:
      return text
  }
}

/** Text from base64. On its way through JSON, what is no UTF-8 becomes U+FFFD. */
function decoded(base64: string): string | undefined {
  const digits = base64.replace(/[\r\n]/g, '')
  const isBase64 = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits)
  return isBase64 ? Buffer.from(digits, 'base64').toString() : undefined
}

/**
 * The text that Concourse makes of a key that is a boolean or a number (https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go):
 * `1_000` becomes `1000`, `1.10` becomes `1.1`. Undefined beyond 63 bits, which it refuses.
 */
export function keyText(value: boolean | number, written: string): string | undefined {
  const whole = typeof value === 'number' ? integerOf(written.replaceAll('_', '')) : undefined
  if (whole === undefined) return String(value)
  return whole < 2n ** 63n ? String(whole) : undefined
}
