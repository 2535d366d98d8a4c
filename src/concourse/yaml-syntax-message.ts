import type { Remark } from './yaml-node.ts'
import { syntaxError } from './yaml-remarks.ts'

type Meaning = readonly [message: string, hint?: string]

/** What the parser says, and what it means to a person. The first that fits counts. */
const meanings: readonly (readonly [RegExp, ...Meaning])[] = [
  [/^tab characters/, 'found a tab in the indentation, expected blanks', 'indent with blanks'],
  [/^deficient indentation/, 'found a line with less indentation than what it goes on with', 'indent it'],
  [/^missed comma/, 'found no comma after an entry in brackets, expected one, or the closing bracket'],
  [/found ','/, 'found a comma without an entry before it', 'remove one of the two'],
  [/^unexpected end .* flow/, 'found the end of the file within brackets, expected the closing one'],
  [/^unexpected end .* quoted/, 'found the end of the document within quotes, expected the closing one'],
  [/escape/, 'found a backslash before a character that does not go with it', 'write \\\\ for a backslash'],
  [/hexadecimal/, 'found too few hexadecimal digits after \\x, \\u or \\U'],
  [/^expected ':'/, 'found a key without a colon, expected one after it'],
  [/multiline key/, 'found a key that goes on over lines, expected its colon on the line where it begins'],
  [/^a whitespace/, 'found no blank after the colon of a key, expected one'],
  [
    /line break|chomping|width/,
    'found more after | or > than +, - and a digit',
    'begin the text on the next line'
  ],
  [/^name of an/, 'found no name after & or *, expected one', 'put the value in quotes'],
  [
    /tag|anchor|alias/,
    'found an anchor, an alias or a tag that is not well formed',
    'put the value in quotes'
  ],
  [/directive|YAML version/, 'found a line that begins with % and says nothing to YAML', 'remove the line']
]

/** Says in words of our own why the parser has refused a text, by its reason and the offset where it stood. */
export function explained(reason: string, text: string, at: number): Remark {
  const [, ...meaning] = meanings.find(([pattern]) => pattern.test(reason)) ?? [undefined, ...guess(text, at)]
  return syntaxError(at, ...meaning)
}

/** The parser says no more than that it expected an end: tells by the character at which it stopped. */
function guess(text: string, at: number): Meaning {
  const found = text.charAt(at)
  const before = text.slice(Math.max(0, at - 200), at)
  if (found === '') return ['found the end of the file, expected a value']
  if (/(?:^|[\r\n])[ \t]*$/.test(before)) {
    return [
      'found a line whose indentation fits nothing above it',
      'give it the indentation of its neighbours'
    ]
  }
  if (found === ':')
    return ['found a colon within a value, expected one key on a line', 'put the value in quotes']
  if (found === '#') return ['found a # that touches what is before it', 'put a blank before the comment']
  if ('@`%&*!|>,]}'.includes(found))
    return [`found ${found}, which begins no value`, 'put the value in quotes']
  if (found === '-') return ['found an item of a list on the line of its key', 'put the list below its key']
  return ['found more on a line after its value has ended', 'put the value in quotes, or on the line below']
}
