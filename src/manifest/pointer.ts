/** How a position in an array is moved: to a neighbour, or to the gap before or after it. */
export type Modifier = 'prev' | 'next' | 'before' | 'after'

/** One part of a go-patch path. */
export type Token =
  | { readonly kind: 'key'; readonly key: string; readonly optional: boolean }
  | { readonly kind: 'index'; readonly index: number; readonly modifiers: readonly Modifier[] }
  | { readonly kind: 'after-last' }
  | {
      readonly kind: 'match'
      readonly key: string
      readonly value: string
      readonly optional: boolean
      readonly modifiers: readonly Modifier[]
    }

/** A path such as `/instance_groups/name=api/jobs/0:before`. The empty pointer is the whole document. */
export type Pointer = readonly Token[]

/** Text that is no go-patch path. */
export class PointerError extends Error {}

const modifierNames: ReadonlySet<string> = new Set(['prev', 'next', 'before', 'after'])

/**
 * Reads a go-patch path (cppforlife/go-patch, patch/pointer.go). `?` makes its part and all later parts optional;
 * `~0`, `~1` and `~7` stand for `~`, `/` and `:`. Throws a PointerError that says what was expected.
 */
export function parsePointer(text: string): Pointer {
  if (text === '') return []
  if (!text.startsWith('/')) throw new PointerError(`Expected to start with '/'`)
  const parts = text.slice(1).split('/')
  let optional = false
  return parts.map((part, index): Token => {
    const [name = '', ...names] = part.split(':')
    const modifiers = names.map(modifier => readModifier(modifier, names[0] ?? ''))
    const word = decode(name)
    if (word === '-' && index === parts.length - 1) {
      if (modifiers.length > 0) {
        throw new PointerError('Expected not to find any modifiers with after last index token')
      }
      return { kind: 'after-last' }
    }
    if (/^[+-]?\d+$/.test(word)) return { kind: 'index', index: Number(word), modifiers }
    optional ||= word.endsWith('?')
    const equals = word.indexOf('=')
    if (equals >= 0) {
      const value = withoutMark(word.slice(equals + 1))
      return { kind: 'match', key: word.slice(0, equals), value, optional, modifiers }
    }
    if (modifiers.length > 0) throw new PointerError('Expected not to find any modifiers with key token')
    return { kind: 'key', key: withoutMark(word), optional }
  })
}

function readModifier(word: string, first: string): Modifier {
  if (isModifier(word)) return word
  throw new PointerError(
    `Expected to find one of the following modifiers: 'prev', 'next', 'before', or 'after' but found '${first}'`
  )
}

function isModifier(word: string): word is Modifier {
  return modifierNames.has(word)
}

/** The path as go-patch prints it: the first optional part bears the only `?`. */
export function printPointer(pointer: Pointer): string {
  let marked = false
  const mark = (optional: boolean): string => {
    if (!optional || marked) return ''
    marked = true
    return '?'
  }
  return pointer.map(token => `/${printToken(token, mark)}`).join('')
}

function printToken(token: Token, mark: (optional: boolean) => string): string {
  switch (token.kind) {
    case 'key':
      return encode(token.key) + mark(token.optional)
    case 'after-last':
      return '-'
    case 'index':
      return `${token.index}${printModifiers(token.modifiers)}`
    case 'match':
      return `${encode(token.key)}=${encode(token.value)}${mark(token.optional)}${printModifiers(token.modifiers)}`
  }
}

function printModifiers(modifiers: readonly Modifier[]): string {
  return modifiers.map(modifier => `:${modifier}`).join('')
}

function withoutMark(word: string): string {
  return word.endsWith('?') ? word.slice(0, -1) : word
}

function decode(word: string): string {
  return word.replaceAll(/~[017]/g, code => (code === '~0' ? '~' : code === '~1' ? '/' : ':'))
}

function encode(word: string): string {
  return word.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(':', '~7')
}
