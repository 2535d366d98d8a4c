import type { Octokit } from '@octokit/rest'
import { gitHubFailure } from './github-failure.ts'
import { Budget, type Rate } from './github-budget.ts'
import { createOctokit, type OctokitOptions } from './github-octokit.ts'
import { malformed } from './http.ts'
import { UpstreamError } from './upstream-error.ts'

export interface GitHubRepository {
  /** Stays when the repository is renamed or moves to another owner. */
  readonly id: number
  /** `cloudfoundry/bpm-release`, as it is called now. */
  readonly name: string
  readonly archived: boolean
}

export interface GitHubRelease {
  readonly tag: string
  readonly draft: boolean
  readonly prerelease: boolean
  /** Page for people. */
  readonly page: string
}

export interface ReleasesWanted {
  /** Tags that an earlier run has seen; asking ends at a whole page of them. */
  readonly known: ReadonlySet<string>
  /** Whether every page is asked for, whatever is known. */
  readonly all: boolean
}

export interface GitHubReleases {
  /** In the order of the pages, which is none. */
  readonly releases: readonly GitHubRelease[]
  /** Whether these are all that there are. */
  readonly complete: boolean
}

/** GitHub's API, as far as releases need it. Every failure is an UpstreamError. */
export interface GitHub {
  /** By `owner/name`, also an earlier one. */
  repository(name: string): Promise<GitHubRepository>
  releases(name: string, wanted: ReleasesWanted): Promise<GitHubReleases>
  /** The release of one tag; undefined where the tag has none. */
  releaseOf(name: string, tag: string): Promise<GitHubRelease | undefined>
  /** What GitHub said last of the limit; undefined before it was asked. */
  rate(): Rate | undefined
}

export function createGitHub(options: Omit<OctokitOptions, 'budget'>): GitHub {
  const budget = new Budget(options.clock)
  const octokit = createOctokit({ ...options, budget })

  const told = async <T>(path: string, ask: (url: string) => Promise<T>): Promise<T> => {
    const url = `${options.baseUrl}${path}`
    try {
      return await ask(url)
    } catch (thrown) {
      if (options.signal.aborted) throw thrown
      throw gitHubFailure(url, thrown, options.clock, options.token !== undefined)
    }
  }

  return {
    repository: name =>
      told(`/repos/${name}`, async url => {
        const { data } = await octokit.rest.repos.get(partsOf(name))
        return repositoryIn(url, data)
      }),
    releases: (name, wanted) =>
      told(`/repos/${name}/releases`, url => releasesOf(octokit, url, name, wanted)),
    async releaseOf(name, tag) {
      try {
        return await told(`/repos/${name}/releases/tags/${tag}`, async url => {
          const { data } = await octokit.rest.repos.getReleaseByTag({ ...partsOf(name), tag })
          return releasesIn(url, [data])[0]
        })
      } catch (thrown) {
        if (thrown instanceof UpstreamError && thrown.reason === 'absent') return undefined
        throw thrown
      }
    },
    rate: () => budget.rate
  }
}

async function releasesOf(
  octokit: Octokit,
  url: string,
  name: string,
  { known, all }: ReleasesWanted
): Promise<GitHubReleases> {
  const pages = octokit.paginate.iterator(octokit.rest.repos.listReleases, {
    ...partsOf(name),
    per_page: 100
  })
  const releases: GitHubRelease[] = []
  for await (const { data } of pages) {
    const page = releasesIn(url, data)
    releases.push(...page)
    // Their order is not promised, and a release of an old line may stand below newer ones: one whole page is overlap.
    if (!all && page.length > 0 && page.every(({ tag }) => known.has(tag)))
      return { releases, complete: false }
  }
  return { releases, complete: true }
}

function partsOf(name: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = name.split('/')
  return { owner, repo }
}

/** What the types promise is what GitHub documents, not what a proxy on the way answers. */
function repositoryIn(url: string, data: unknown): GitHubRepository {
  const { id, full_name: name, archived } = fieldsOf(data)
  if (typeof id === 'number' && typeof name === 'string' && typeof archived === 'boolean')
    return { id, name, archived }
  throw malformed(url, 'other JSON', 'a repository of GitHub')
}

function releasesIn(url: string, data: unknown): GitHubRelease[] {
  if (!Array.isArray(data)) throw malformed(url, 'other JSON', 'a list of releases')
  return data.map((entry: unknown) => {
    const { tag_name: tag, draft, prerelease, html_url: page } = fieldsOf(entry)
    if (typeof tag === 'string' && typeof draft === 'boolean' && typeof prerelease === 'boolean') {
      return { tag, draft, prerelease, page: typeof page === 'string' ? page : '' }
    }
    throw malformed(url, 'a release without a tag', 'a list of releases')
  })
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? { ...data } : {}
}
