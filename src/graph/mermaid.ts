import { groupColour } from './colours.ts'
import { labelOf, type Arrow, type Box, type Drawing } from './drawing.ts'

/**
 * A drawing as a Mermaid flowchart, for a fenced block in Markdown (https://mermaid.js.org/syntax/flowchart.html).
 * Solid arrows are triggers, dotted ones are not; groups are colours of a job's border.
 */
export function toMermaid({ groups, boxes, arrows }: Drawing): string {
  const used = new Set(boxes.flatMap(box => box.groups[0] ?? []))
  return [
    'flowchart LR',
    ...boxes.map(box => `  ${boxLine(box)}`),
    ...arrows.map(arrow => `  ${arrowLine(arrow)}`),
    ...boxes.filter(({ place }) => place !== 'inside').map(({ id }) => `  class ${id} absent`),
    ...(boxes.some(({ place }) => place !== 'inside') ? ['  classDef absent stroke-dasharray:4 3'] : []),
    ...(used.size === 0 ? [] : legend(groups, used)),
    ''
  ].join('\n')
}

function boxLine({ id, kind, lines, groups: [group] }: Box): string {
  const text = `"${lines.map(escape).join('<br>')}"`
  const shape = kind === 'job' ? `[${text}]` : `([${text}])`
  return `${id}${shape}${group === undefined ? '' : `:::group${group + 1}`}`
}

function arrowLine({ from, to, trigger, passes }: Arrow): string {
  const arrow = trigger ? '-->' : '-.->'
  return `${from} ${arrow}${passes.length === 0 ? '' : `|"${escape(labelOf(passes))}"|`} ${to}`
}

function legend(groups: readonly string[], used: ReadonlySet<number>): string[] {
  const shown = [...groups.entries()].filter(([index]) => used.has(index))
  return [
    '  subgraph groups',
    ...shown.map(([index, name]) => `    group_${index + 1}["${escape(name)}"]:::group${index + 1}`),
    '  end',
    ...shown.map(([index]) => `  classDef group${index + 1} stroke:${groupColour(index)},stroke-width:3px`)
  ]
}

/** Letters, digits and the marks that mean nothing to Mermaid stay; all else is an entity by number. */
function escape(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{M} ,.:/_+()…-]/gu, character => `#${character.codePointAt(0) ?? 0};`)
}
