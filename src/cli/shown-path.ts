import { isAbsolute, relative, resolve } from 'node:path'

/** How a person is told of a file: from the working directory where it lies below that, else in full. */
export function shownPath(path: string): string {
  const inside = relative('', path)
  return inside.startsWith('..') || isAbsolute(inside) || inside === '' ? resolve(path) : inside
}
