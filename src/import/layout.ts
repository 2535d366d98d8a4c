import type { CallCode, Code, Entry } from './code.ts'
import { fitsLines, indentedLines, keyOf, quoted, template } from './literal.ts'

/** Longest line, unless a text is longer. */
export const width = 110

/**
 * Lays a piece of code out as prettier does with two blanks, single quotes and no semicolons. `indent` is the
 * indentation of its line, `before` what stands on the line already, and `after` how much has to follow.
 */
export function layout(code: Code, indent: string, before: number, after = 0): string {
  const flat = flatOf(code)
  if (flat !== undefined && before + flat.length + after <= width) return flat
  switch (code.kind) {
    case 'text':
      return flat ?? indentedLines(code.value, indent)
    case 'list':
      return block('[', linesOf(code.items, indent), indent, ']')
    case 'object':
      return block('{', entriesOf(code.entries, indent), indent, '}')
    case 'call':
      return callOf(code, indent, before)
    case 'raw':
    case 'name':
    case 'template':
      return flat ?? ''
    default:
      return code satisfies never
  }
}

const flats = new WeakMap<Code, { readonly text: string | undefined }>()

/** On one line; undefined for what needs several. */
function flatOf(code: Code): string | undefined {
  const known = flats.get(code)
  if (known !== undefined) return known.text
  const text = code.comments === undefined ? flatText(code) : undefined
  flats.set(code, { text })
  return text
}

function flatText(code: Code): string | undefined {
  switch (code.kind) {
    case 'text':
      return fitsLines(code.value) ? undefined : quoted(code.value)
    case 'raw':
      return code.code
    case 'name':
      return code.name
    case 'template':
      return template(code.parts)
    case 'list':
      return isTable(code.items) ? undefined : joined('[', code.items.map(flatOf), ']')
    case 'object':
      return code.entries.length === 0 ? '{}' : joined('{ ', code.entries.map(flatEntry), ' }')
    case 'call':
      return joined(`${code.name}(`, code.args.map(flatOf), ')')
    default:
      return code satisfies never
  }
}

/** Several objects, or several lists, of more than one value each: a row for each is easier to read. */
function isTable(items: readonly Code[]): boolean {
  const isObjects = items.every(item => item.kind === 'object' && item.entries.length > 1)
  return items.length > 1 && (isObjects || items.every(item => item.kind === 'list' && item.items.length > 1))
}

function flatEntry({ key, value }: Entry): string | undefined {
  const flat = flatOf(value)
  if (flat === undefined) return undefined
  if (key === undefined) return `...${flat}`
  return key === flat && value.kind === 'name' ? key : `${keyOf(key)}: ${flat}`
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  const whole = parts.filter(part => part !== undefined)
  return whole.length < parts.length ? undefined : `${open}${whole.join(', ')}${close}`
}

function block(open: string, lines: readonly string[], indent: string, close: string): string {
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** Each on a line of its own; all but the last need room for a comma. */
function linesOf(codes: readonly Code[], outer: string): readonly string[] {
  const indent = `${outer}  `
  return codes.map(({ comments = [], ...rest }, index) => {
    const after = index < codes.length - 1 ? 1 : 0
    return `${commentLines(comments, indent)}${indent}${layout(rest, indent, indent.length, after)}`
  })
}

/** Lines of comment, each with its line end. */
export function commentLines(comments: readonly string[], indent: string): string {
  return comments.map(comment => `${indent}${`// ${comment}`.trimEnd()}\n`).join('')
}

function entriesOf(entries: readonly Entry[], outer: string): readonly string[] {
  const indent = `${outer}  `
  return entries.map(({ key, value: { comments = [], ...value } }, index) => {
    const after = index < entries.length - 1 ? 1 : 0
    const start = key === undefined ? '...' : `${keyOf(key)}: `
    const flat = flatEntry({ ...(key !== undefined && { key }), value })
    const fits = flat !== undefined && indent.length + flat.length + after <= width
    // A long text goes below its key, unless that gains next to nothing.
    const isBelow = value.kind === 'text' && !fitsLines(value.value) && start.length > 6
    const rest = isBelow
      ? `\n${indent}  ${quoted(value.value)}`
      : layout(value, indent, indent.length + start.length, after)
    const line = fits ? flat : `${isBelow ? start.trimEnd() : start}${rest}`
    return `${commentLines(comments, indent)}${indent}${line}`
  })
}

function callOf({ name, args }: CallCode, indent: string, before: number): string {
  const last = args.at(-1)
  const others = args.slice(0, -1).map(flatOf)
  const opening = joined(`${name}(`, others, '')
  if (last !== undefined && opening !== undefined && canHug(last, args.at(-2))) {
    const start = others.length === 0 ? opening : `${opening}, `
    if (before + start.length < width) return `${start}${layout(last, indent, width)})`
  }
  return block(`${name}(`, linesOf(args, indent), indent, ')')
}

/** Whether the last argument may open on the line of the call and close on that of its bracket. */
function canHug(last: Code, before: Code | undefined): boolean {
  if (last.comments !== undefined || before?.kind === last.kind) return false
  return (
    (last.kind === 'list' && last.items.length > 0) || (last.kind === 'object' && last.entries.length > 0)
  )
}
