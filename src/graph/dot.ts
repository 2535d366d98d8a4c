import { groupColour } from './colours.ts'
import { labelOf, type Arrow, type Box, type Drawing } from './drawing.ts'

/**
 * A drawing in Graphviz's language (https://graphviz.org/doc/info/lang.html). Solid arrows are triggers, dashed ones are
 * not; groups are colours of a job's border. Tooltips show in what `dot -Tsvg` makes.
 */
export function toDot({ name, groups, boxes, arrows }: Drawing): string {
  return [
    `digraph ${quote(name)} {`,
    '  graph [rankdir=LR, fontname="monospace", fontsize=11]',
    '  node [fontname="monospace", fontsize=11, shape=box, style=rounded, margin="0.12,0.06"]',
    '  edge [fontname="monospace", fontsize=9, arrowsize=0.7]',
    ...boxes.map(box => `  ${boxLine(box)}`),
    ...arrows.map(arrow => `  ${arrowLine(arrow)}`),
    ...(groups.length === 0 ? [] : legend(groups)),
    '}',
    ''
  ].join('\n')
}

function boxLine({ id, kind, place, lines, title, groups: [group] }: Box): string {
  return `${id} ${attributes({
    label: lines.join('\n'),
    tooltip: title,
    ...(kind === 'job' ? {} : { shape: 'ellipse', style: kind === 'uses' ? 'dashed' : 'solid' }),
    ...(place === 'inside' ? {} : { style: 'rounded,dashed' }),
    ...(group === undefined ? {} : { color: groupColour(group), penwidth: '2' })
  })}`
}

function arrowLine({ from, to, trigger, passes, title }: Arrow): string {
  return `${from} -> ${to} ${attributes({
    ...(passes.length === 0 ? {} : { label: labelOf(passes) }),
    tooltip: title,
    ...(trigger ? {} : { style: 'dashed' })
  })}`
}

function legend(groups: readonly string[]): string[] {
  return [
    '  subgraph cluster_groups {',
    '    label="groups"',
    ...groups.map(
      (name, index) =>
        `    group_${index + 1} ${attributes({ label: name, color: groupColour(index), penwidth: '2' })}`
    ),
    '  }'
  ]
}

function attributes(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([key, value]) => `${key}=${quote(value)}`)
  return `[${pairs.join(', ')}]`
}

/** Graphviz reads `\n` and the like, and entities, inside quotes as well. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replaceAll('\n', '\\n')
  return `"${escaped}"`
}
