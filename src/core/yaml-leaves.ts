/** One text of a YAML file and the key that it stands under. */
export interface Leaf {
  readonly key: string
  readonly text: string
}

/**
 * The texts of a YAML map or of terraform's `.tfvars` as bosh and bbl write them, one key a line, block scalars and all. It reads
 * what is there so far: a file may be looked at while it is being written, when a parser would refuse it.
 */
export function leavesOf(text: string): Leaf[] {
  const lines = text.split('\n')
  const leaves: Leaf[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const found = /^(\s*)(?:- )*["']?([\w./-]+)["']?\s*[:=]\s*(.*)$/.exec(lines[at] ?? '')
    if (found === null) continue
    const [, indent = '', key = '', value = ''] = found
    if (/^[|>][-+0-9]*$/.test(value)) {
      const block = blockAfter(lines, at, indent.length)
      leaves.push({ key, text: block.join('\n') + '\n' })
      at += block.length
    } else if (value !== '') leaves.push({ key, text: unquote(value) })
  }
  return leaves
}

/** Lines that belong to the block scalar of the line before, without their indentation. */
function blockAfter(lines: readonly string[], at: number, indent: number): string[] {
  const rest = lines.slice(at + 1)
  const end = rest.findIndex(line => line.trim() !== '' && line.search(/\S/) <= indent)
  const block = end === -1 ? rest : rest.slice(0, end)
  const depth = Math.min(...block.filter(line => line.trim() !== '').map(line => line.search(/\S/)))
  return block.map(line => line.slice(Number.isFinite(depth) ? depth : 0))
}

function unquote(value: string): string {
  const text = value.trim()
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (!text.startsWith('"')) return text
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'string' ? parsed : text
  } catch {
    return text.replace(/^"|"$/g, '')
  }
}
