import { markup, verbatim, type Markup } from '../core/markup.ts'
import { textStyleOf, textStyles } from './box-size.ts'
import { groupColour } from './colours.ts'
import type { Drawing } from './drawing.ts'
import { layOut } from './layout.ts'
import type { PlacedArrow, PlacedBox, PlacedLabel } from './placed.ts'
import { pathOf, short } from './route.ts'
import { legendOf } from './svg-legend.ts'
import { svgStyle } from './svg-style.ts'

const margin = 24

/**
 * A drawing as one SVG that needs nothing else. Its text has a fixed size; what it takes grows with the pipeline. Throws a
 * UserError where it would take too long.
 */
export function toSvg(drawing: Drawing): string {
  const legend = legendOf(drawing)
  const layout = layOut(drawing)
  const top = margin + legend.height + margin
  const width = Math.ceil(Math.max(layout.width, legend.width) + 2 * margin)
  const height = Math.ceil(top + layout.height + margin)
  const jobs = drawing.boxes.filter(({ kind }) => kind === 'job').length
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${drawing.name}</title>
<desc id="desc">Concourse pipeline of ${jobs} ${jobs === 1 ? 'job' : 'jobs'}, from left to right. Solid arrows start the job that they lead to, dashed ones do not.</desc>
<style>${verbatim(svgStyle)}</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0,0.5 8,4 0,7.5Z"/></marker></defs>
<rect class="paper" width="${width}" height="${height}"/>
<g class="legend" transform="translate(${margin} ${margin})">
${legend.markup}</g>
<g transform="translate(${margin} ${top})">
${layout.arrows.map(arrowOf)}${layout.labels.map(labelOf)}${layout.boxes.map(boxOf)}</g>
</svg>
`
  return svg.markup
}

function arrowOf({ arrow, points }: PlacedArrow): Markup {
  return markup`<g class="${arrow.trigger ? 'arrow' : 'arrow waits'}"><title>${arrow.title}</title><path d="${pathOf(points)}" marker-end="url(#head)"/></g>
`
}

function labelOf({ text, x, y, width, height }: PlacedLabel): Markup {
  const { padX } = textStyles.label
  return markup`<g class="label"><rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"/><text x="${short(x + padX)}" y="${short(y + height / 2)}">${text}</text></g>
`
}

function boxOf({ box, x, y, width, height }: PlacedBox): Markup {
  const { kind, place, lines, title } = box
  const style = textStyleOf(kind)
  const classes = [kind === 'job' ? 'job' : `list ${kind}`, ...(place === 'inside' ? [] : ['absent'])].join(
    ' '
  )
  const texts = lines.map((line, index) => {
    const middle = style.padY + (index + 0.5) * style.lineHeight
    return markup`<text x="${short(x + style.padX)}" y="${short(y + middle)}">${line}</text>`
  })
  return markup`<g class="${classes}"><title>${title}</title><rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${kind === 'job' ? 5 : 9}"/>${stripes(box.groups, { x, y, height })}${texts}</g>
`
}

/** The groups of a job, as colours down its left side. */
function stripes(
  groups: readonly number[],
  { x, y, height }: Pick<PlacedBox, 'x' | 'y' | 'height'>
): readonly Markup[] {
  const part = (height - 8) / groups.length
  return groups.map((group, index) => {
    const colour = groupColour(group)
    return markup`<path d="M${short(x + 5)},${short(y + 4 + index * part)}v${short(part)}" stroke="${colour}" stroke-width="4"/>`
  })
}
