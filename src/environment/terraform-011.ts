/**
 * Our terraform files in the spelling of terraform 0.11, which takes an expression only inside `"${…}"`, and the name of a
 * type only in quotes. The files keep to what can be told line by line: one value or one item of a list on a line, no
 * `dynamic`, no `for`; test/terraform holds them to it.
 */
export function inTerraform011(text: string): string {
  return text.split('\n').map(line).join('\n')
}

function line(text: string): string {
  const [, before = '', key = '', equals = '', value] = /^(\s*)([\w-]+)(\s*=\s*)(\S.*)$/.exec(text) ?? []
  if (value !== undefined)
    return `${before}${key}${equals}${key === 'type' && isWord(value) ? `"${value}"` : valueIn011(key, value)}`
  const [, indent = '', item] = /^(\s+)([a-z]\w*[.(].*),$/.exec(text) ?? []
  return item === undefined ? text : `${indent}"\${${item}}",`
}

function isWord(value: string): boolean {
  return /^[a-z]+$/.test(value)
}

function valueIn011(key: string, value: string): string {
  const [, items] = /^\[([a-z]\w*[.(].*)\]$/.exec(value) ?? []
  if (items !== undefined) return `["\${${inside(items)}}"]`
  if (!/^[a-z]\w*[.(]/.test(value)) return value
  // A list must stand in brackets where a list is wanted, which flattens it; an output would hold a list in a list.
  const isList = /\.\*\.\w+$/.test(value) && key !== 'value'
  return isList ? `["\${${inside(value)}}"]` : `"\${${inside(value)}}"`
}

/** `["a", "b"]` inside an expression is a call there. */
function inside(expression: string): string {
  return expression.replace(/\[("[^\]]*")\]/g, 'list($1)')
}
