import { widthOf } from '../core/screen-text.ts'
import type { Box } from './drawing.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** How a kind of text is set, in pixels. Fixed-width fonts agree on six tenths of the size for a column. */
interface TextStyle {
  readonly size: number
  readonly lineHeight: number
  readonly padX: number
  readonly padY: number
}

export const textStyles = {
  job: { size: 13, lineHeight: 18, padX: 14, padY: 7 },
  list: { size: 11, lineHeight: 15, padX: 10, padY: 4 },
  label: { size: 10, lineHeight: 13, padX: 6, padY: 1 }
} as const satisfies Record<string, TextStyle>

const columnWidth = 0.605

export function textStyleOf(kind: Box['kind']): TextStyle {
  return kind === 'job' ? textStyles.job : textStyles.list
}

/** Pixels that a box takes round its lines. */
export function sizeOfBox({ kind, lines }: Box): Size {
  return sizeOf(lines, textStyleOf(kind))
}

/** Pixels that the text on an arrow takes. */
export function sizeOfLabel(label: string): Size {
  return sizeOf([label], textStyles.label)
}

export function widthOfText(text: string, { size }: { readonly size: number }): number {
  return Math.ceil(widthOf(text) * size * columnWidth)
}

function sizeOf(lines: readonly string[], style: TextStyle): Size {
  return {
    width: Math.max(...lines.map(line => widthOfText(line, style))) + 2 * style.padX,
    height: lines.length * style.lineHeight + 2 * style.padY
  }
}
