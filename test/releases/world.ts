import { createHash } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/core/log.ts'
import { Duration } from '../../src/core/duration.ts'
import { Redactor } from '../../src/core/redact.ts'
import type { VersionSet } from '../../src/environment/version-set.ts'
import type { Upstream, Watchers } from '../../src/environment/watchers.ts'
import { nothingSeen, type Seen } from '../../src/releases/seen.ts'
import type { Hosts, Sources } from '../../src/releases/sources.ts'
import { watch, type Watched } from '../../src/releases/watch.ts'
import { createAnswerCache } from '../../src/tools/answer-cache.ts'
import { createBoshIo } from '../../src/tools/bosh-io.ts'
import { createPrograms } from '../../src/tools/exec.ts'
import { createFiles } from '../../src/tools/files.ts'
import { createGitRemote, type GitRemote, type RemoteTag } from '../../src/tools/git-remote.ts'
import { createGitHub } from '../../src/tools/github.ts'
import { createHttp, type Http } from '../../src/tools/http.ts'
import { UpstreamError } from '../../src/tools/upstream-error.ts'
import { FakeClock, FakeUpstream, release } from '../tools/fake-upstream.ts'

/** A commit that a test can recognize. */
export function commit(name: string): string {
  return createHash('sha1').update(name).digest('hex')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export interface Repository {
  /** Commits by tag; the commit of a name where it is left out. */
  readonly tags?: Readonly<Record<string, string>>
  readonly releases?: readonly object[]
  readonly id?: number
  readonly name?: string
  readonly archived?: boolean
  readonly branches?: Readonly<Record<string, string>>
  /** Paths that a commit has. */
  readonly files?: readonly (readonly [commit: string, path: string])[]
}

/** All hosts of upstreams on one loopback server; git speaks its plain protocol with it. */
export class World {
  readonly server: FakeUpstream
  readonly clock = new FakeClock()
  readonly hosts: Hosts
  seen: Seen = nothingSeen
  readonly #folder: string

  private constructor(server: FakeUpstream, folder: string) {
    this.server = server
    this.#folder = folder
    const { url } = server
    this.hosts = { api: `${url}/api`, raw: `${url}/raw`, git: `${url}/git`, boshIo: `${url}/bosh.io` }
  }

  static async open(): Promise<World> {
    return new World(await FakeUpstream.open(), await mkdtemp(join(tmpdir(), 'causeway-releases-')))
  }

  /** A repository of GitHub, with a published release for each tag unless it says which. */
  repository(path: string, about: Repository): void {
    const { routes } = this.server
    const { tags = {}, branches = {}, files = [] } = about
    const refs = [
      ...Object.entries(branches).map(([name, at]) => `${at}\trefs/heads/${name}\n`),
      ...Object.entries(tags).map(([name, at]) => `${at}\trefs/tags/${name}\n`)
    ]
    routes.set(`/git/${path}.git/info/refs`, {
      body: refs.join(''),
      headers: { 'content-type': 'text/plain' }
    })
    const { id = 1, name = path, archived = false } = about
    routes.set(`/api/repos/${path}`, { body: { id, full_name: name, archived } })
    const releases = about.releases ?? Object.keys(tags).map(tag => release(tag))
    this.server.pages(`/api/repos/${path}/releases`, () => releases)
    for (const [at, file] of files) routes.set(`/raw/${path}/${at}/${file}`, { body: 'name: x\n' })
  }

  /** Final releases at bosh.io, whose tarballs say their version. */
  boshIo(path: string, versions: readonly string[]): void {
    const body = versions.map(version => {
      this.server.routes.set(`/tarballs/${path}/${version}`, { body: `tarball of ${version}` })
      return {
        version,
        url: `${this.server.url}/tarballs/${path}/${version}`,
        sha256: sha256(`tarball of ${version}`)
      }
    })
    this.server.routes.set(`/bosh.io/api/v1/releases/${path}`, { body })
  }

  sources(token = 'a-token'): Sources {
    const signal = new AbortController().signal
    const { clock, hosts } = this
    const fetch = globalThis.fetch
    const http = createHttp({ fetch, clock, signal })
    return {
      gitHub: createGitHub({
        fetch,
        clock,
        signal,
        token: token === '' ? undefined : token,
        baseUrl: hosts.api,
        cache: createAnswerCache(createFiles(), this.#folder, token),
        second: Duration.milliseconds(1)
      }),
      git: plainGit(http),
      boshIo: createBoshIo(http, hosts.boshIo),
      http,
      clock,
      hosts,
      hasToken: token !== ''
    }
  }

  /** The same, with the program git. */
  withGit(): Sources {
    const programs = createPrograms({
      env: { PATH: process.env['PATH'] ?? '', HOME: this.#folder },
      log: createLog(() => undefined),
      redactor: new Redactor()
    })
    return { ...this.sources(), git: createGitRemote(programs) }
  }

  /** Looks at all upstreams, and remembers what was seen. */
  async look(
    sets: readonly VersionSet[],
    upstreams: Watchers['upstreams'],
    sources = this.sources()
  ): Promise<Watched['found']> {
    const { found, seen } = await watch({
      sets,
      watchers: { frozen: {}, upstreams },
      seen: this.seen,
      sources
    })
    this.seen = seen
    return found
  }

  close(): Promise<void> {
    return this.server.close()
  }
}

export function upstream(about: Partial<Upstream> & Pick<Upstream, 'signal'>): Upstream {
  return {
    doc: 'Of a test.',
    pins: [],
    variant: 'regular',
    scheme: 'semver',
    same_version_as: [],
    within: {},
    ...about
  }
}

/** A version set that pins programs alone, which a test can name as it likes, and what `repositories` says. */
export function setOf(
  programs: Readonly<Record<string, string>>,
  more: Partial<VersionSet> = {}
): VersionSet {
  const nowhere = { uri: 'https://example.com/x.git', version: 'v0.0.0' }
  const image = { repository: 'registry.example.com/x', tag: '1' }
  return {
    name: 'current',
    doc: 'Of a test.',
    repositories: {
      bucc: nowhere,
      'cf-deployment': nowhere,
      'kubo-deployment': nowhere,
      'kubo-release': nowhere,
      'silk-release': nowhere
    },
    programs,
    terraform_providers: {},
    images: { toolbox: image, probe: image },
    ...more
  }
}

/** What `git ls-remote` reads of a server that speaks the plain protocol, without a process for each question. */
function plainGit(http: Http): GitRemote {
  const refs = async (uri: string, kind: string): Promise<RemoteTag[]> => {
    const text = await http.textIfAny(`${uri}/info/refs`)
    if (text === undefined) throw new UpstreamError('absent', `${uri}: none`, { hint: 'look' })
    return text.split('\n').flatMap(line => {
      const [commit = '', name] = line.split(`\trefs/${kind}/`)
      return name === undefined ? [] : [{ name, commit }]
    })
  }
  return {
    tags: uri => refs(uri, 'tags'),
    branch: async (uri, name) => (await refs(uri, 'heads')).find(ref => ref.name === name)?.commit ?? ''
  }
}
