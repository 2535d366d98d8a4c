import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Duration } from '../../core/duration.ts'
import { systemCodeOf, UserError } from '../../core/errors.ts'
import { delay } from '../../core/wait.ts'
import { wasRaced, type Git } from './git-access.ts'
import { metadataOf, readCommit } from './git-metadata.ts'
import { flagOf, textOf } from './keys.ts'
import type { Fetched, PutRequest, ResourceContext } from './resource-type.ts'

/** Concourse tries without end, and has been seen to (git-resource issue 374); ten lost races in a row are a fault. */
const pushes = 10
const pauseAfterRace = Duration.milliseconds(200)

/** Pushes what is checked out in a repository of the inputs (git-resource v1.22, assets/out). */
export async function putGit(git: Git, request: PutRequest, context: ResourceContext): Promise<Fetched> {
  const { source, params } = request
  const uri = textOf(source, 'uri') ?? ''
  const branch = textOf(params, 'branch') ?? textOf(source, 'branch') ?? ''
  const repository = await repositoryOf(git, request)
  const here: Git = (args, options = {}) => git(args, { cwd: repository, ...options })
  const before = await here(['rev-parse', 'HEAD'])
  const tag = await tagOf(request)
  const force = flagOf(params, 'force') ? ['--force'] : []
  const push = async (): Promise<void> => {
    if (tag !== undefined) await here(['tag', '--force', tag, ...(await annotationOf(request))])
    await here(['push', '--tags', ...force, uri, `HEAD:refs/heads/${branch}`], { echo: true })
  }

  if (flagOf(params, 'only_tag')) {
    if (tag !== undefined) await here(['tag', '--force', tag, ...(await annotationOf(request))])
    await here(['push', '--tags', ...force, uri], { echo: true })
  } else if (flagOf(params, 'rebase')) {
    await pushUntilFirst(push, () => here(['pull', '--rebase=merges', uri, branch], { echo: true }), context)
  } else if (flagOf(params, 'merge')) {
    const merge = async (): Promise<void> => {
      await here(['reset', '--hard', before])
      await here(['pull', '--no-rebase', '--no-edit', uri, branch], { echo: true })
    }
    await pushUntilFirst(push, merge, context)
  } else {
    await push()
  }

  const commit = await readCommit(here, 'iso8601')
  const ref = flagOf(params, 'merge') && params['returning'] === 'unmerged' ? before : commit.hash
  const override = textOf(params, 'branch')
  const version = override === undefined ? { ref } : { branch: override, ref }
  return { version, metadata: metadataOf(commit, uri) }
}

/** Takes the others' work in and pushes, until nobody was quicker. */
async function pushUntilFirst(
  push: () => Promise<void>,
  takeIn: () => Promise<unknown>,
  { log, signal }: ResourceContext
): Promise<void> {
  for (let lost = 0; ;) {
    await takeIn()
    try {
      await push()
      return
    } catch (thrown) {
      lost += 1
      if (!wasRaced(thrown)) throw thrown
      if (lost >= pushes) {
        throw new UserError('program', `somebody else pushed first ${lost} times in a row`, {
          hint: 'run it again when fewer push to this branch, or give each its own branch',
          cause: thrown
        })
      }
      log.info('somebody else pushed first: taking that in and trying again')
      await delay(Duration.milliseconds(pauseAfterRace.milliseconds * (1 + Math.random())), signal)
    }
  }
}

async function repositoryOf(git: Git, { params, folder }: PutRequest): Promise<string> {
  const name = textOf(params, 'repository') ?? ''
  const repository = inside(folder, name)
  // Git looks upwards: a folder that is no repository would be taken for a part of the one that this run lies in.
  const up = await git(['rev-parse', '--show-cdup'], { cwd: repository }).catch(() => 'none')
  if (up === '') return repository
  throw new UserError('program', `params.repository: found no git repository in ${name}`, {
    hint: 'name an input of this put that holds a repository'
  })
}

async function tagOf({ params, folder }: PutRequest): Promise<string | undefined> {
  const file = textOf(params, 'tag')
  if (file === undefined) return undefined
  const name = await readInput(folder, 'tag', file)
  return `${textOf(params, 'tag_prefix') ?? ''}${name.trim()}`
}

async function annotationOf({ params, folder }: PutRequest): Promise<readonly string[]> {
  const file = textOf(params, 'annotate')
  if (file === undefined) return []
  await readInput(folder, 'annotate', file)
  return ['--annotate', '--file', inside(folder, file)]
}

async function readInput(folder: string, param: string, file: string): Promise<string> {
  try {
    return await readFile(inside(folder, file), 'utf8')
  } catch (thrown) {
    const code = systemCodeOf(thrown)
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EISDIR') throw thrown
    throw new UserError('program', `params.${param}: found no file ${file} among the inputs of this put`, {
      hint: 'name a file as <artifact>/<path>',
      cause: thrown
    })
  }
}

/** A path in the inputs of a put. */
function inside(folder: string, path: string): string {
  return join(folder, join('/', path))
}
