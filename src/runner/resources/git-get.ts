import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../../concourse/model.ts'
import { UserError } from '../../core/errors.ts'
import { unreadable, type Git } from './git-access.ts'
import { commitFiles, metadataOf, readCommit } from './git-metadata.ts'
import { flagOf, numberOf, textOf, textsOf } from './keys.ts'
import type { Fetched, GetRequest, ResourceContext } from './resource-type.ts'

/** Clones a repository and checks a version out, with what git-resource v1.22 leaves in `.git` (assets/in). */
export async function getGit(git: Git, request: GetRequest, context: ResourceContext): Promise<Fetched> {
  const { source, version, params, folder } = request
  const here: Git = (args, options = {}) => git(args, { cwd: folder, ...options })
  await git(cloneArguments(request), { echo: true, env: lfsOf(params) }).catch(unreadable(source))
  const ref = version['ref'] ?? 'HEAD'
  await checkOut(here, ref, request)
  for (const branch of textsOf(params, 'fetch')) await fetchBranch(here, branch)
  await fetchSubmodules(here, request, context)
  const commit = await readCommit(here, textOf(params, 'timestamp_format') ?? 'iso8601')
  const returned = ref === 'HEAD' ? commit.hash : ref
  const describe = await here([
    'describe',
    ...(textOf(params, 'describe_ref_options') ?? '--always --dirty --broken').split(/\s+/)
  ])
  const shortRef = (textOf(params, 'short_ref_format') ?? '%s').replace('%s', returned.slice(0, 7))
  const metadata = metadataOf(commit, textOf(source, 'uri') ?? '')
  const files = { ...commitFiles(commit, metadata), ref: `${returned}\n`, short_ref: shortRef }
  for (const [name, content] of Object.entries({ ...files, describe_ref: `${describe}\n` })) {
    await writeFile(join(folder, '.git', name), content)
  }
  if (flagOf(params, 'clean_tags')) await removeTags(here)
  return { version: { ...version, ref: returned }, metadata }
}

function lfsOf(params: JsonObject): Record<string, string> {
  return flagOf(params, 'disable_git_lfs') ? { GIT_LFS_SKIP_SMUDGE: '1' } : {}
}

function cloneArguments({ source, version, params, folder }: GetRequest): readonly string[] {
  const branch = version['branch'] ?? textOf(source, 'branch')
  const depth = numberOf(params, 'depth') ?? 0
  return [
    'clone',
    '--quiet',
    ...(flagOf(params, 'all_branches') ? [] : ['--single-branch']),
    ...(depth > 0 ? ['--depth', String(depth)] : []),
    ...(branch === undefined ? [] : ['--branch', branch]),
    ...tagsOf(source, params),
    textOf(source, 'uri') ?? '',
    folder
  ]
}

function tagsOf(source: JsonObject, params: JsonObject): readonly string[] {
  const wanted = params['fetch_tags'] ?? source['fetch_tags']
  if (wanted === false) return ['--no-tags']
  const byTag = textOf(source, 'tag_filter') !== undefined || textOf(source, 'tag_regex') !== undefined
  return byTag || wanted === true ? ['--tags'] : []
}

/** A shallow clone may end before the version that is wanted; then the rest is fetched too. */
async function checkOut(git: Git, ref: string, { source, params }: GetRequest): Promise<void> {
  if (!(await hasCommit(git, ref))) {
    const shallow = (numberOf(params, 'depth') ?? 0) > 0
    if (shallow)
      await git(['fetch', '--quiet', '--unshallow', 'origin', ...tagsOf(source, params)], { echo: true })
    if (!shallow || !(await hasCommit(git, ref))) {
      throw new UserError('program', `${textOf(source, 'uri') ?? ''}: found no version ${ref}`, {
        hint: 'check that the version was pushed to this branch, and that nobody has rewritten it since'
      })
    }
  }
  await git(['checkout', '--quiet', '--force', '--detach', ref], { env: lfsOf(params) })
}

async function hasCommit(git: Git, ref: string): Promise<boolean> {
  return git(['rev-parse', '--quiet', '--verify', `${ref}^{commit}`]).then(
    () => true,
    () => false
  )
}

async function fetchBranch(git: Git, branch: string): Promise<void> {
  await git(['fetch', '--quiet', 'origin', `+refs/heads/${branch}:refs/heads/${branch}`], { echo: true })
}

/** Concourse fetches all submodules unless told otherwise; here they are only fetched when a step asks for them. */
async function fetchSubmodules(
  git: Git,
  { params, folder }: GetRequest,
  context: ResourceContext
): Promise<void> {
  const wanted = params['submodules']
  const present = await stat(join(folder, '.gitmodules')).then(
    () => true,
    () => false
  )
  if (!present || wanted === 'none') return
  if (wanted === undefined) {
    context.notice('its submodules are not fetched on this machine; ask for them by params.submodules: all')
    return
  }
  await git(
    [
      ...['submodule', 'update', '--init'],
      ...(params['submodule_recursive'] === false ? [] : ['--recursive']),
      ...(flagOf(params, 'submodule_remote') ? ['--remote'] : []),
      ...['--', ...textsOf(params, 'submodules')]
    ],
    { echo: true, env: lfsOf(params) }
  )
}

async function removeTags(git: Git): Promise<void> {
  const tags = (await git(['tag'])).split('\n').filter(tag => tag !== '')
  if (tags.length > 0) await git(['tag', '--delete', ...tags])
}
