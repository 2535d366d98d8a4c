import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { JsonObject, ResourceVersion } from '../../concourse/model.ts'
import { UserError } from '../../core/errors.ts'
import { unreadable, type Git } from './git-access.ts'
import { textOf } from './keys.ts'
import { poolFiles } from './pool-files.ts'
import type { Fetched, GetRequest, Metadata, ResourceContext } from './resource-type.ts'

/** The newest commit that changed the pool. */
export async function newestChange(
  git: Git,
  source: JsonObject,
  scratch: string
): Promise<ResourceVersion | undefined> {
  const copy = join(scratch, 'check')
  await clone(git, source, copy, ['--bare'])
  const ref = await git(['rev-list', '--max-count=1', 'HEAD', '--', poolOf(source)], { cwd: copy })
  return ref === '' ? undefined : { ref }
}

/**
 * The lock that a version changed, as the files `name` and `metadata` beside the whole pool (pool-resource v1.8, assets/in).
 * A claim that somebody has touched since is no claim any more.
 */
export async function getLock(git: Git, request: GetRequest, context: ResourceContext): Promise<Fetched> {
  const { source, version, folder } = request
  await clone(git, source, folder)
  const here: Git = (args, options = {}) => git(args, { cwd: folder, ...options })
  const ref = await here(['rev-parse', version['ref'] ?? 'HEAD'])
  await here(['checkout', '--quiet', '--detach', ref])
  const pool = poolOf(source)
  const changed = await here(['log', '--max-count=1', '--name-only', '--format=', ref, '--', pool])
  const path = changed.split('\n')[0] ?? ''
  const lock = basename(path)
  const files = poolFiles(here, folder, pool)
  const claimed = await files.has('claimed', lock)
  if (claimed && (await here(['rev-list', `${ref}..origin/${branchOf(source)}`, '--', path])) !== '') {
    throw new UserError('program', `${lock}: is no longer claimed as it was at ${ref}`, {
      hint: `look at the pool's history for who has touched ${lock}`
    })
  }
  if (claimed || (await files.has('unclaimed', lock))) {
    const content = await readFile(join(folder, pool, claimed ? 'claimed' : 'unclaimed', lock))
    await writeFile(join(folder, 'metadata'), content)
    await writeFile(join(folder, 'name'), `${lock}\n`)
  } else {
    context.log.info(`${lock}: is not in the pool any more`)
  }
  return { version: { ref }, metadata: lockMetadata(lock, source) }
}

export function lockMetadata(lock: string, source: JsonObject): readonly Metadata[] {
  return [
    { name: 'lock_name', value: lock },
    { name: 'pool_name', value: poolOf(source) }
  ]
}

/** Clones the branch of a pool. */
export async function clone(
  git: Git,
  source: JsonObject,
  folder: string,
  options: readonly string[] = []
): Promise<void> {
  const uri = textOf(source, 'uri') ?? ''
  await git([
    'clone',
    '--quiet',
    ...options,
    '--single-branch',
    '--branch',
    branchOf(source),
    uri,
    folder
  ]).catch(unreadable(source))
}

export function branchOf(source: JsonObject): string {
  return textOf(source, 'branch') ?? ''
}

export function poolOf(source: JsonObject): string {
  return textOf(source, 'pool') ?? ''
}
