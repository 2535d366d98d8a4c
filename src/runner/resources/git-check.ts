import { join } from 'node:path'
import type { JsonObject, ResourceVersion } from '../../concourse/model.ts'
import { unreadable, type Git } from './git-access.ts'
import { flagOf, textOf, textsOf } from './keys.ts'

/** Commits that say so are not built (https://github.com/concourse/git-resource, `check`). */
const skipped = '\\[(ci skip|skip ci)\\]'

/**
 * The newest commit, or the newest tag, that the source's filters let through; undefined where none is (git-resource v1.22,
 * assets/check).
 */
export async function newestVersion(
  git: Git,
  source: JsonObject,
  scratch: string
): Promise<ResourceVersion | undefined> {
  const byTag = textOf(source, 'tag_filter') !== undefined || textOf(source, 'tag_regex') !== undefined
  if (!byTag && flagOf(source, 'disable_ci_skip') && !hasPaths(source)) return newestOfRemote(git, source)
  const clone = join(scratch, 'check')
  await cloneHistory(git, source, clone, byTag)
  const search = [
    '--first-parent',
    ...(flagOf(source, 'disable_ci_skip') ? [] : ['-E', '--invert-grep', `--grep=${skipped}`])
  ]
  const paths = hasPaths(source) ? ['--', ...pathspecs(source)] : []
  if (byTag) return newestTag(git, source, clone, ['rev-list', '--all', ...search, ...paths])
  const ref = await git(['rev-list', '--max-count=1', ...search, 'HEAD', ...paths], { cwd: clone })
  return ref === '' ? undefined : { ref }
}

function hasPaths(source: JsonObject): boolean {
  return source['paths'] !== undefined || source['ignore_paths'] !== undefined
}

function pathspecs(source: JsonObject): readonly string[] {
  const paths = textsOf(source, 'paths')
  const ignored = textsOf(source, 'ignore_paths').map(path => `:!${path}`)
  return [...(paths.length === 0 ? ['.'] : paths), ...ignored]
}

/** Asks for the branch alone, where nothing can hide its newest commit. */
async function newestOfRemote(git: Git, source: JsonObject): Promise<ResourceVersion | undefined> {
  const branch = textOf(source, 'branch')
  const wanted = branch === undefined ? 'HEAD' : `refs/heads/${branch}`
  const lines = await git(['ls-remote', textOf(source, 'uri') ?? '', wanted]).catch(unreadable(source))
  const ref = lines.split(/\s/)[0] ?? ''
  return ref === '' ? undefined : { ref }
}

/** History without files, as far as the server can leave them out. */
async function cloneHistory(git: Git, source: JsonObject, clone: string, byTag: boolean): Promise<void> {
  const branch = textOf(source, 'branch')
  await git([
    'clone',
    '--quiet',
    '--bare',
    `--filter=${hasPaths(source) ? 'blob:none' : 'tree:0'}`,
    ...(byTag ? ['--tags'] : ['--single-branch', '--no-tags']),
    ...(branch === undefined ? [] : ['--branch', branch]),
    textOf(source, 'uri') ?? '',
    clone
  ]).catch(unreadable(source))
}

async function newestTag(
  git: Git,
  source: JsonObject,
  clone: string,
  search: readonly string[]
): Promise<ResourceVersion | undefined> {
  const branch = textOf(source, 'branch')
  const glob = textOf(source, 'tag_filter')
  const regex = textOf(source, 'tag_regex')
  const listed = await git(
    [
      ...['tag', '--sort=creatordate', ...(branch === undefined ? [] : ['--merged', branch])],
      ...(glob === undefined ? [] : ['--list', glob])
    ],
    { cwd: clone }
  )
  const whole = new RegExp(regex === undefined || glob !== undefined ? '' : `^(?:${regex})$`)
  const passed = new Set((await git(search, { cwd: clone })).split('\n'))
  const tags = listed.split('\n').filter(name => name !== '' && whole.test(name))
  for (const tag of tags.reverse()) {
    const commit = await git(['rev-list', '--max-count=1', tag], { cwd: clone })
    if (passed.has(commit)) return { ref: tag, commit }
  }
  return undefined
}
