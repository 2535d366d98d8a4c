import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import { nearestName } from '../core/nearest.ts'
import { readVersionSet } from '../environment/read-version-set.ts'
import { readWatchers } from '../environment/read-watchers.ts'
import type { VersionSet } from '../environment/version-set.ts'
import type { Watchers } from '../environment/watchers.ts'
import { createFiles } from '../tools/files.ts'
import { recordsFolder, type CliContext } from './context.ts'
import { readSource } from './read-source.ts'

/** Every version set by the name of its file. Throws a FindingsError for the first that is wrong. */
export async function loadVersionSets(context: CliContext, only?: string): Promise<VersionSet[]> {
  const folder = join(recordsFolder(context), 'versions')
  const names = (await createFiles().list(folder)).flatMap(file => /^(.+)\.yml$/.exec(file)?.[1] ?? [])
  if (only !== undefined && !names.includes(only)) {
    const meant = nearestName(only, names)
    throw new UserError('usage', `version set ${only}: found none, expected one of ${names.join(', ')}`, {
      hint: meant === undefined ? 'name one of them' : `did you mean ${meant}?`
    })
  }
  const wanted = only === undefined ? names : [only]
  return Promise.all(
    wanted.map(async name => {
      const file = `env/versions/${name}.yml`
      return readVersionSet(await readSource(context, join(folder, `${name}.yml`), file), file)
    })
  )
}

/** What watches the pins of the sets. */
export async function loadWatchers(context: CliContext): Promise<Watchers> {
  const path = join(recordsFolder(context), 'watchers', 'upstreams.yml')
  const file = 'env/watchers/upstreams.yml'
  return readWatchers(await readSource(context, path, file), file)
}
