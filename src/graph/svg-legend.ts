import { markup, type Markup } from '../core/markup.ts'
import { textStyles, widthOfText, type Size } from './box-size.ts'
import { groupColour } from './colours.ts'
import type { Drawing } from './drawing.ts'

interface Sign {
  readonly sign: Markup
  readonly text: string
}

/** The name of the pipeline and what the signs below it mean; only those that it has. */
export function legendOf({ name, groups, boxes, arrows }: Drawing): Size & { readonly markup: Markup } {
  const signs: Sign[] = [
    ...given(
      arrows.some(({ trigger }) => trigger),
      line('arrow'),
      'trigger: true'
    ),
    ...given(
      arrows.some(({ trigger }) => !trigger),
      line('arrow waits'),
      'no trigger'
    ),
    ...given(
      boxes.some(({ kind }) => kind === 'starts'),
      pill('starts'),
      'starts the job'
    ),
    ...given(
      boxes.some(({ kind }) => kind === 'uses'),
      pill('uses'),
      'used by the job'
    ),
    ...given(
      boxes.some(({ kind }) => kind === 'puts'),
      pill('puts'),
      'put by the job'
    ),
    ...given(
      boxes.some(({ place }) => place === 'outside'),
      pill('absent'),
      'outside the group'
    ),
    ...given(
      boxes.some(({ place }) => place === 'unknown'),
      pill('absent'),
      'not a job of the pipeline'
    )
  ]
  const colours = groups.map((text, index) => ({ sign: swatch(index), text }))
  const rows = [...rowsOf(signs), ...rowsOf(colours)]
  const width = Math.max(widthOfText(name, nameStyle), ...rows.map(row => row.width))
  return {
    width,
    height: nameHeight + rows.length * rowHeight,
    markup: markup`<text class="name" y="9">${name}</text>
${rows.map(({ items }, index) => rowMarkup(items, nameHeight + (index + 0.5) * rowHeight))}`
  }
}
const nameStyle = { size: 15 }
const nameHeight = 24
const rowHeight = 20
const signWidth = 34
const gap = 22
/** A row of the legend is no wider than a narrow window. */
const widestRow = 900

interface PlacedSign extends Sign {
  readonly x: number
}

function rowsOf(signs: readonly Sign[]): { readonly width: number; readonly items: readonly PlacedSign[] }[] {
  const rows: { width: number; items: PlacedSign[] }[] = []
  for (const sign of signs) {
    const width = signWidth + widthOfText(sign.text, textStyles.list)
    const last = rows.at(-1)
    if (last === undefined || last.width + gap + width > widestRow) {
      rows.push({ width, items: [{ ...sign, x: 0 }] })
    } else {
      last.items.push({ ...sign, x: last.width + gap })
      last.width += gap + width
    }
  }
  return rows
}

function rowMarkup(items: readonly PlacedSign[], y: number): Markup {
  const parts = items.map(
    ({ sign, text, x }) =>
      markup`<g transform="translate(${x} ${y})">${sign}<text x="${signWidth}">${text}</text></g>
`
  )
  return markup`${parts}`
}

function given(shown: boolean, sign: Markup, text: string): Sign[] {
  return shown ? [{ sign, text }] : []
}

function line(classes: string): Markup {
  return markup`<g class="${classes}"><path d="M0,0H27" marker-end="url(#head)"/></g>`
}

function pill(kind: string): Markup {
  return markup`<g class="list ${kind}"><rect x="0" y="-6" width="27" height="12" rx="6"/></g>`
}

function swatch(index: number): Markup {
  return markup`<path d="M14,-6v12" stroke="${groupColour(index)}" stroke-width="4"/>`
}
