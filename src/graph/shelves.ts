import type { Size } from './box-size.ts'

export interface Place {
  readonly x: number
  readonly y: number
}

/** Places of rectangles in rows, in their order, so that all together come near the shape of a screen. */
export function placeOnShelves(
  sizes: readonly Size[],
  gap: number
): Size & { readonly places: readonly Place[] } {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), Math.sqrt(area * screenRatio))
  const places: Place[] = []
  let [x, y, rowHeight, fullWidth] = [0, 0, 0, 0]
  for (const { width, height } of sizes) {
    if (x > 0 && x + width > widest) [x, y, rowHeight] = [0, y + rowHeight + gap, 0]
    places.push({ x, y })
    x += width + gap
    rowHeight = Math.max(rowHeight, height)
    fullWidth = Math.max(fullWidth, x - gap)
  }
  return { width: fullWidth, height: y + rowHeight, places }
}

/** Width to height. */
const screenRatio = 1.6
