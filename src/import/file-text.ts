import { childrenOf, type Code } from './code.ts'
import type { Definition } from './definition.ts'
import { commentLines, layout, width } from './layout.ts'
import { fitsLines } from './literal.ts'
import { authorFunctions } from './author-names.ts'

/** The sections of a file, parted by empty lines. */
export type Section = readonly Definition[]

/** The whole file: comments, imports, definitions, and what it exports. */
export function fileText(header: readonly string[], sections: readonly Section[], exported: Code): string {
  const definitions = sections.flat()
  const imports = importsOf([...definitions, { name: '', code: exported }])
  const parts = [
    commentLines(header, '') + importLine(imports),
    ...sections.filter(section => section.length > 0).map(sectionText),
    `export default ${layout(exported, '', 'export default '.length)}\n`
  ]
  return parts.join('\n')
}

/** Definitions of one line each stand together, others apart. */
function sectionText(section: Section): string {
  let text = ''
  let wasLong = false
  for (const [index, definition] of section.entries()) {
    const own = definitionText(definition)
    const isLong = own.trimEnd().includes('\n')
    if (index > 0 && (isLong || wasLong)) text += '\n'
    text += own
    wasLong = isLong
  }
  return text
}

function definitionText({ name, code, comments = [], type, parameters }: Definition): string {
  const above = commentLines(comments, '')
  if (parameters !== undefined) {
    const given = parameters.map(parameter => `${parameter}: string`)
    const end = `): ${type ?? 'Step'} {`
    const flat = `function ${name}(${given.join(', ')}${end}`
    const broken = `function ${name}(\n  ${given.join(',\n  ')}\n${end}`
    const start = '  return '
    return `${above}${flat.length <= width ? flat : broken}\n${start}${layout(code, '  ', start.length)}\n}\n`
  }
  const start = `const ${name}${type === undefined ? '' : `: ${type}`} = `
  return `${above}${start}${layout(code, '', start.length)}\n`
}

function importsOf(definitions: readonly Definition[]): readonly string[] {
  const found = new Set<string>()
  const visit = (code: Code): void => {
    if (code.kind === 'call') {
      const [callee = ''] = code.name.split('.')
      if (authorFunctions.includes(callee)) found.add(callee)
    }
    if (code.kind === 'text' && fitsLines(code.value)) found.add('lines')
    childrenOf(code).forEach(visit)
  }
  for (const { code, type } of definitions) {
    visit(code)
    if (type !== undefined) found.add(`type ${type}`)
  }
  return [...found].sort((a, b) => compare(a.replace('type ', ''), b.replace('type ', '')))
}

function compare(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()]
  return first < second ? -1 : first > second ? 1 : 0
}

function importLine(names: readonly string[]): string {
  const flat = `import { ${names.join(', ')} } from 'causeway'\n`
  return flat.length <= width + 1
    ? flat
    : `import {\n${names.map(name => `  ${name}`).join(',\n')}\n} from 'causeway'\n`
}
