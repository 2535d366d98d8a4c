import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { systemCodeOf } from '../core/errors.ts'
import { createFiles } from '../tools/files.ts'
import type { Emission } from './emission.ts'

export interface Written {
  readonly path: string
  readonly change: 'created' | 'changed' | 'same' | 'removed'
}

/**
 * Writes what differs below `out`, and removes what the owned folders hold but the emission does not. Each file is
 * whole or not there; a file that is the same is not touched.
 */
export async function writeEmission(
  out: string,
  emission: Emission,
  owned: readonly string[]
): Promise<Written[]> {
  const files = createFiles()
  const written: Written[] = []
  for (const [path, text] of [...emission].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const target = join(out, path)
    const before = await files.readTextIfAny(target)
    if (before !== text) await files.writeText(target, text)
    written.push({ path, change: before === undefined ? 'created' : before === text ? 'same' : 'changed' })
  }
  for (const folder of owned) {
    for (const path of await filesBelow(out, folder)) {
      if (emission.has(path)) continue
      await files.remove(join(out, path))
      written.push({ path, change: 'removed' })
    }
  }
  return written
}

async function filesBelow(out: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(out, folder), { withFileTypes: true, recursive: true })
    return entries
      .filter(entry => entry.isFile())
      .map(entry => relative(out, join(entry.parentPath, entry.name)))
      .sort()
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return []
    throw thrown
  }
}
