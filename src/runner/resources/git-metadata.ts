import type { Git } from './git-access.ts'
import type { Metadata } from './resource-type.ts'

/** What is known of the commit that is checked out. */
export interface Commit {
  readonly hash: string
  readonly author: string
  readonly authorEmail: string
  readonly authorDate: string
  readonly committer: string
  readonly committerDate: string
  /** In the format that was asked for. */
  readonly timestamp: string
  readonly message: string
  readonly branches: readonly string[]
  readonly tags: readonly string[]
}

export async function readCommit(git: Git, dateFormat: string): Promise<Commit> {
  const format = ['%H', '%an', '%ae', '%ai', '%cn', '%ci', '%cd', '%B'].join('%x00')
  const printed = await git(['log', '--max-count=1', `--date=${dateFormat}`, `--format=${format}`])
  const [hash = '', author = '', authorEmail = '', authorDate = '', ...rest] = printed.split('\0')
  const [committer = '', committerDate = '', timestamp = '', message = ''] = rest
  const refs = (await git(['for-each-ref', '--points-at=HEAD', '--format=%(refname)'])).split('\n')
  return {
    ...{ hash, author, authorEmail, authorDate, committer, committerDate, timestamp, message },
    branches: namesUnder('refs/heads/', refs),
    tags: namesUnder('refs/tags/', refs)
  }
}

function namesUnder(prefix: string, refs: readonly string[]): readonly string[] {
  return refs.filter(ref => ref.startsWith(prefix)).map(ref => ref.slice(prefix.length))
}

/** As git-resource v1.22 reports a version (assets/common.sh). */
export function metadataOf(commit: Commit, uri: string): readonly Metadata[] {
  const sameHand = commit.author === commit.committer && commit.authorDate === commit.committerDate
  const url = urlOf(uri, commit.hash)
  return [
    { name: 'commit', value: commit.hash },
    { name: 'author', value: commit.author },
    { name: 'author_date', value: commit.authorDate },
    ...(sameHand
      ? []
      : [
          { name: 'committer', value: commit.committer },
          { name: 'committer_date', value: commit.committerDate }
        ]),
    ...(commit.branches.length === 0 ? [] : [{ name: 'branch', value: commit.branches.join(',') }]),
    ...(commit.tags.length === 0 ? [] : [{ name: 'tags', value: commit.tags.join(',') }]),
    { name: 'message', value: commit.message },
    ...(url === undefined ? [] : [{ name: 'url', value: url }])
  ]
}

/** The page of a commit, for the forges that have one. */
function urlOf(uri: string, hash: string): string | undefined {
  const [, host = '', path = ''] =
    /^(?:https?:\/\/|ssh:\/\/git@|git@)([^/:]+)[/:](.*?)(?:\.git)?$/.exec(uri) ?? []
  if (/github|gogs/.test(host)) return `https://${host}/${path}/commit/${hash}`
  if (host.includes('gitlab')) return `https://${host}/${path}/-/commit/${hash}`
  if (host.includes('bitbucket')) return `https://${host}/${path}/commits/${hash}`
  return undefined
}

/** The files that a get leaves in `.git`: name → content. */
export function commitFiles(commit: Commit, metadata: readonly Metadata[]): Record<string, string> {
  const known = new Map(metadata.map(({ name, value }) => [name, value]))
  const single = ['commit', 'author', 'author_date', 'branch', 'tags', 'url', 'committer_date']
  return {
    ...Object.fromEntries(single.map(name => [name, `${known.get(name) ?? ''}\n`])),
    committer: commit.authorEmail,
    committer_name: commit.author,
    commit_message: commit.message,
    commit_timestamp: `${commit.timestamp}\n`,
    'metadata.json': `${JSON.stringify(metadata, undefined, 2)}\n`
  }
}
