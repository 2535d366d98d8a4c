import { relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A file as seen from an absolute folder, with forward slashes; absolute where it does not lie below it. */
export function relativeTo(base: string, file: string): string {
  const absolute = resolve(base, file)
  const inside = relative(base, absolute)
  const isBelow = inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`)
  return (isBelow ? inside : absolute).replaceAll(sep, '/')
}

/** The same as a URI reference: characters that mean something in a URI are escaped. */
export function uriOf(base: string, file: string): string {
  const path = relativeTo(base, file)
  if (path.startsWith('/')) return pathToFileURL(path).href
  return path.split('/').map(encodeURIComponent).join('/')
}
