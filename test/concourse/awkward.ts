import fc from 'fast-check'
import type { Json, JsonObject } from '../../src/concourse/model.ts'

const words =
  'yes no On OFF y N true Null ~ .inf .NaN << = - -- --- ... é 名前 🚀 ((a)) ((a:b.c)) $((a)) 1h30m 5ms'
const numbers = '0755 0o17 0b11 0x1F 089 1_000 685_230.15 1.10 1.0 .5 1e3 -1 +1 1:30 12:30:45 10.0.0.0/16'
const dates =
  '2024-01-01 2024-01-01T10:00:00Z 9007199254740993 https://a.b/c:d?e=f&g=%20 C:\\x ["a"] "a" \'a\' it\'s'
const marks = '#a %a @a `a` !a &a *a | > {a} [a] ,a : ? a: :a a,'

/** Text that some reader of YAML takes for something else, or can't hold as it stands. */
export const awkwardTexts: readonly string[] = [
  '',
  ...[words, numbers, dates, marks].flatMap(list => list.split(' ')),
  ...['- a', '? a', ': a', 'a: b', 'a #b', '--- a', ' a', 'a ', 'a  b', '\ta', 'a\t', 'a\tb'],
  ...['\n', '\n\n', 'a\n', 'a\n\n', 'a\nb', '\na\n', ' a\nb\n', '\n a\n', '\ta\nb', 'a\n\tb\n', 'a\n  b\n'],
  ...['a \nb', 'a\n \nb', 'a\n\n\nb\n', 'a\r\nb', 'a\rb', '- a\n- b\n', '# a\nb\n', 'a\n🚀\n', 'a\u001fb\n'],
  ...['\u0000', '\u0007', '\u00a0', '\u2028', 'a\u2028b\nc', '\u2029', '\ufeff'],
  ...['a'.repeat(900), 'a b '.repeat(200).trim(), `${'a: '.repeat(300)}\n`]
]

/** Text that YAML can hold and Concourse does not keep. */
export const unkeptTexts: readonly string[] = [
  '\u007f',
  '\u0085',
  'a\u0085b\n',
  '\u009f',
  '\ufffe',
  'a\n\uffff\n'
]

const unkept = /[\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/u

export const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...awkwardTexts),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(...Array.from(' \t\n\r-:#|>é\'"\\a0.,[{&*!%@`?~=')), maxLength: 10 })
  )
  .filter(value => !unkept.test(value))

export const key: fc.Arbitrary<string> = text.filter(value => value !== '<<')

/** Any number that a double holds and Concourse keeps. */
export const number: fc.Arbitrary<number> = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter(value => !Number.isInteger(value) || Number.isSafeInteger(value))
  .map(value => (value === 0 ? 0 : value))

const data = fc.letrec<{ json: Json; object: JsonObject }>(tie => ({
  json: fc.oneof(
    { maxDepth: 2 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('object')
  ),
  object: fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true })
}))

export const jsonObject: fc.Arbitrary<JsonObject> = data.object

export const json: fc.Arbitrary<Json> = data.json
