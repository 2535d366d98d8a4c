import { Duration } from '../core/duration.ts'
import type { Upstream } from '../environment/watchers.ts'
import type { GitHubRelease } from '../tools/github.ts'
import type { RemoteTag } from '../tools/git-remote.ts'
import { UpstreamError } from '../tools/upstream-error.ts'
import type { Answer, Candidate, Left } from './answer.ts'
import type { SeenUpstream } from './seen.ts'
import type { Sources } from './sources.ts'
import { readVersion } from './version.ts'

/** Releases of old lines stand anywhere in the pages, so that all of them are read now and then. */
const sweepEvery = Duration.hours(7 * 24)

/** Asks one upstream what there is. Throws an UpstreamError where it does not say. */
export async function ask(
  upstream: Upstream,
  seen: SeenUpstream | undefined,
  sources: Sources
): Promise<Answer> {
  const [repository, told] = await Promise.all([
    upstream.repository === undefined || !sources.hasToken
      ? undefined
      : repositoryOf(upstream.repository, sources),
    askSignal(upstream, seen, sources)
  ])
  const { name, archived } = repository?.about ?? {}
  const isRenamed = name !== undefined && name.toLowerCase() !== upstream.repository?.toLowerCase()
  return {
    left: [],
    tags: [],
    releases: [],
    isSwept: false,
    ...told,
    ...(repository?.about === undefined ? {} : { repository: repository.about }),
    notes: [
      ...(told.notes ?? []),
      ...(repository?.note === undefined ? [] : [repository.note]),
      ...(isRenamed ? [`${upstream.repository ?? ''} is called ${name} now`] : []),
      ...(archived === true ? [`${name ?? ''} is archived: nothing new is to be expected`] : [])
    ]
  }
}

type Signalled = Pick<Answer, 'candidates'> & Partial<Answer>

async function askSignal(
  upstream: Upstream,
  seen: SeenUpstream | undefined,
  sources: Sources
): Promise<Signalled> {
  const { signal, repository = '', branch = '', bosh_io: path = '', variant } = upstream
  const uri = `${sources.hosts.git}/${repository}.git`
  switch (signal) {
    case 'tags':
      return candidatesOf(upstream, await sources.git.tags(uri))
    case 'releases':
      return askReleases(upstream, seen, sources, await sources.git.tags(uri))
    case 'branch': {
      const commit = await sources.git.branch(uri, branch)
      return read(upstream, [{ text: commit, commit }])
    }
    case 'bosh-io':
      return read(
        upstream,
        (await sources.boshIo.releases(path)).map(({ version, ...artefact }) => ({ text: version, artefact }))
      )
    case 'stemcell': {
      const stemcells = await sources.boshIo.stemcells(path)
      const there = stemcells.flatMap(({ version, [variant]: artefact }) =>
        artefact === undefined ? [] : [{ text: version, artefact }]
      )
      const { candidates, left } = read(upstream, there)
      const late = stemcells.filter(stemcell => stemcell[variant] === undefined)
      return {
        candidates,
        left: [
          ...left,
          ...late.map(({ version }) => ({ text: version, why: `its ${variant} variant is not there yet` }))
        ]
      }
    }
    case 'none':
      return { candidates: [] }
  }
}

/** A release is a tag that GitHub says it of. Where GitHub can't be asked, the tags are hints that it has to confirm. */
async function askReleases(
  upstream: Upstream,
  seen: SeenUpstream | undefined,
  sources: Sources,
  tags: readonly RemoteTag[]
): Promise<Signalled> {
  const unconfirmed = (note: string): Signalled => {
    const { candidates, ...others } = candidatesOf(upstream, tags)
    return {
      ...others,
      candidates: candidates.map(candidate => ({ ...candidate, isUnconfirmed: true })),
      notes: [note],
      releases: seen?.releases ?? []
    }
  }
  if (!sources.hasToken) return unconfirmed('asked git alone, since there is no token for GitHub')
  const swept = seen?.swept === undefined ? undefined : Date.parse(seen.swept)
  const all = swept === undefined || sources.clock.now().getTime() - swept >= sweepEvery.milliseconds
  const known = new Set(seen?.releases.map(({ tag }) => tag))
  try {
    const { releases: asked, complete } = await sources.gitHub.releases(upstream.repository ?? '', {
      known,
      all
    })
    const releases = complete ? asked : merge(seen?.releases ?? [], asked)
    return { ...released(upstream, tags, releases), releases, isSwept: complete }
  } catch (thrown) {
    if (!(thrown instanceof UpstreamError) || !isLimit(thrown)) throw thrown
    return unconfirmed(`asked git alone: ${thrown.message}`)
  }
}

function released(
  upstream: Upstream,
  tags: readonly RemoteTag[],
  releases: readonly GitHubRelease[]
): Signalled {
  const byTag = new Map(releases.map(release => [release.tag, release]))
  const { candidates, left } = candidatesOf(upstream, tags)
  const why = (tag: string | undefined): string | undefined => {
    const release = byTag.get(tag ?? '')
    if (release === undefined) return 'a tag without a release'
    if (release.draft) return 'a draft'
    return release.prerelease ? 'a prerelease, by what GitHub says' : undefined
  }
  return {
    tags,
    candidates: candidates
      .filter(({ tag }) => why(tag) === undefined)
      .map(candidate => ({ ...candidate, page: byTag.get(candidate.tag ?? '')?.page ?? '' })),
    left: [
      ...left,
      ...candidates.flatMap(({ version, tag }) => {
        const reason = why(tag)
        return reason === undefined ? [] : [{ text: version.text, why: reason }]
      })
    ]
  }
}

/** What is known, with what was asked for in its place. */
function merge(known: readonly GitHubRelease[], asked: readonly GitHubRelease[]): GitHubRelease[] {
  return [...new Map([...known, ...asked].map(release => [release.tag, release])).values()]
}

function candidatesOf(upstream: Upstream, tags: readonly RemoteTag[]): Signalled & { left: readonly Left[] } {
  return {
    tags,
    ...read(
      upstream,
      tags.map(({ name, commit }) => ({ text: name, tag: name, commit }))
    )
  }
}

function read(
  upstream: Upstream,
  told: readonly (Omit<Candidate, 'version'> & { readonly text: string })[]
): { candidates: Candidate[]; left: Left[] } {
  const candidates: Candidate[] = []
  const left: Left[] = []
  for (const { text, ...others } of told) {
    const version = readVersion(text, upstream.scheme)
    if (version === undefined) left.push({ text, why: `no version that ${upstream.scheme} reads` })
    else candidates.push({ version, ...others })
  }
  return { candidates, left }
}

interface About {
  readonly about?: Answer['repository']
  readonly note?: string
}

/** Whether it was renamed or archived is worth knowing, and no reason to know nothing where a limit is reached. */
async function repositoryOf(name: string, { gitHub }: Sources): Promise<About> {
  try {
    return { about: await gitHub.repository(name) }
  } catch (thrown) {
    if (!(thrown instanceof UpstreamError) || !isLimit(thrown)) throw thrown
    return { note: `whether ${name} was renamed or archived was not checked: ${thrown.message}` }
  }
}

function isLimit({ reason }: UpstreamError): boolean {
  return reason === 'rate-limited' || reason === 'reserve-reached'
}
