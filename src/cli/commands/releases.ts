import { join } from 'node:path'
import { exitCodeOf } from '../../releases/exit-code.ts'
import { formatChangeSet } from '../../releases/format.ts'
import { readSeen } from '../../releases/seen.ts'
import { watch } from '../../releases/watch.ts'
import { createFiles } from '../../tools/files.ts'
import { stateFolder, type CliContext } from '../context.ts'
import type { Format } from '../options.ts'
import { openSources } from '../release-sources.ts'
import { loadVersionSets, loadWatchers } from '../version-sets.ts'

export interface ReleasesOptions {
  readonly set?: string
  readonly format: Format
}

/** Prints what changed upstream since the pinned versions, and remembers what it has seen. Gives the exit code. */
export async function releases(context: CliContext, options: ReleasesOptions): Promise<number> {
  const folder = join(stateFolder(context), 'releases')
  const file = join(folder, 'seen.json')
  const files = createFiles()
  const [sets, watchers] = await Promise.all([loadVersionSets(context, options.set), loadWatchers(context)])
  const { found, seen } = await watch({
    sets,
    watchers,
    seen: readSeen(await files.readTextIfAny(file)),
    sources: openSources(context, join(folder, 'answers'))
  })
  await files.writeText(file, `${JSON.stringify(seen, null, 2)}\n`)
  context.out(options.format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : formatChangeSet(found))
  return exitCodeOf(found)
}
