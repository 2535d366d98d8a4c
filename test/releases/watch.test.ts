import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { exitCodeOf } from '../../src/releases/exit-code.ts'
import { formatChangeSet } from '../../src/releases/format.ts'
import type { Watched } from '../../src/releases/watch.ts'
import { release, type Answer } from '../tools/fake-upstream.ts'
import { commit, setOf, sha256, upstream, World } from './world.ts'

let world: World
beforeEach(async () => (world = await World.open()))
afterEach(() => world.close())

const cf = { cf: upstream({ signal: 'releases', repository: 'cloudfoundry/cli', pins: ['programs.cf'] }) }
const tagged = (...tags: string[]): Record<string, string> =>
  Object.fromEntries(tags.map(tag => [tag, commit(tag)]))

describe('releases of GitHub', () => {
  it('proposes the latest one that may be taken, and says what is not taken and why', async () => {
    world.repository('cloudfoundry/cli', {
      tags: tagged('v8.9.0', 'v8.10.0', 'v8.11.0', 'v8.12.0', 'v8.13.0-rc.1', 'v9.0.0', 'nightly'),
      releases: [
        release('v8.9.0'),
        release('v8.10.0'),
        release('v8.12.0', { prerelease: true }),
        release('v9.0.0'),
        release('v8.13.0-rc.1')
      ]
    })
    const found = await world.look([setOf({ cf: '8.9.0' })], { cf: { ...cf.cf, within: { current: '<9' } } })
    expect(found.changes).toMatchObject([
      {
        set: 'current',
        risk: 'minor',
        pins: [
          {
            path: 'programs.cf',
            from: '8.9.0',
            to: '8.10.0',
            compare: 'https://github.com/cloudfoundry/cli/compare/v8.9.0...v8.10.0',
            evidence: { commit: commit('v8.10.0'), seen: ['https://github.test/releases/v8.10.0'] }
          }
        ]
      }
    ])
    expect(found.ignored.map(({ version, why }) => [version, why])).toEqual([
      ['v9.0.0', 'outside of <9'],
      ['v8.13.0-rc.1', 'not final']
    ])
    expect(exitCodeOf(found)).toBe(6)
  })

  it('is the same by its digest as long as the same is found', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0', 'v8.10.0') })
    const first = await world.look([setOf({ cf: '8.9.0' })], cf)
    expect((await world.look([setOf({ cf: '8.9.0' })], cf)).digest).toBe(first.digest)
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0', 'v8.10.1') })
    expect((await world.look([setOf({ cf: '8.9.0' })], cf)).digest).not.toBe(first.digest)
  })

  it('asks for every page once a week', async () => {
    const tags = tagged(...Array.from({ length: 250 }, (_, index) => `v1.${index}.0`))
    world.repository('cloudfoundry/cli', { tags })
    const pagesAsked = async (): Promise<number> => {
      world.server.asked.length = 0
      await world.look([setOf({ cf: '1.249.0' })], cf)
      return world.server.asked.filter(url => url.includes('/releases')).length
    }
    expect(await pagesAsked()).toBe(3)
    expect(await pagesAsked()).toBe(1)
    world.clock.time = new Date(world.clock.time.getTime() + Duration.hours(7 * 24).milliseconds)
    expect(await pagesAsked()).toBe(3)
  })

  it('without a token asks git, and GitHub only about what is new', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0', 'v8.10.0') })
    world.server.routes.set('/api/repos/cloudfoundry/cli/releases/tags/v8.10.0', { body: release('v8.10.0') })
    const noToken = world.sources('')
    expect((await world.look([setOf({ cf: '8.10.0' })], cf, noToken)).unchanged).toHaveLength(1)
    expect(world.server.asked.filter(url => url.startsWith('/api'))).toEqual([])
    const found = await world.look([setOf({ cf: '8.9.0' })], cf, noToken)
    expect(found.changes[0]?.pins[0]?.to).toBe('8.10.0')
    expect(found.notes).toEqual(['cf: asked git alone, since there is no token for GitHub'])
  })
})

describe('nobody can tell', () => {
  const repo = '/api/repos/cloudfoundry/cli'
  const limited = {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0' },
    body: { message: 'API rate limit exceeded' }
  }
  it.each<[string, number, string, Answer]>([
    ['token-refused', 12, repo, { status: 401, body: { message: 'Bad credentials' } }],
    ['absent', 11, repo, { status: 404, body: {} }],
    ['forbidden', 13, repo, { status: 403, body: { message: 'no' } }],
    ['server-error', 16, repo, { status: 503, body: {} }],
    ['malformed', 17, repo, { body: '<html>log in</html>' }],
    ['redirect-loop', 18, repo, { status: 302, headers: { location: repo } }],
    ['absent', 11, '/git/cloudfoundry/cli.git/info/refs', { status: 404 }],
    ['server-error', 16, '/git/cloudfoundry/cli.git/info/refs', { status: 500 }],
    [
      'absent',
      11,
      '/git/cloudfoundry/cli.git/info/refs',
      { body: '', headers: { 'content-type': 'text/plain' } }
    ],
    [
      'unreadable-version',
      22,
      '/git/cloudfoundry/cli.git/info/refs',
      { body: `${commit('x')}\trefs/tags/nightly\n`, headers: { 'content-type': 'text/plain' } }
    ]
  ])(
    '%s (exit code %i, from %s), and the other upstream is still answered',
    async (reason, code, path, answer) => {
      world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0') })
      world.server.routes.set(path, answer)
      world.repository('cloudfoundry/bosh-cli', { tags: tagged('v7.9.0', 'v7.10.0') })
      const bosh = upstream({
        signal: 'releases',
        repository: 'cloudfoundry/bosh-cli',
        pins: ['programs.bosh']
      })
      const found = await world.look([setOf({ cf: '8.9.0', bosh: '7.9.0' })], { ...cf, bosh })
      expect(found.unknown.map(one => [one.upstream, one.reason, one.sets])).toEqual([
        ['cf', reason, ['current']]
      ])
      expect(found.unchanged).toEqual([])
      expect(found.changes.map(({ pins }) => pins[0]?.to)).toEqual(['7.10.0'])
      expect(exitCodeOf(found)).toBe(code)
      expect(formatChangeSet(found)).toContain(`cf: ${reason}: `)
    }
  )

  it('is rate-limited: tags still say that nothing is new, and what is new stays unknown', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0', 'v8.10.0') })
    world.server.routes.set(`${repo}/releases`, limited)
    world.server.routes.set(`${repo}/releases/tags/v8.10.0`, limited)
    world.server.routes.set(repo, limited)
    const same = await world.look([setOf({ cf: '8.10.0' })], cf)
    expect([same.unchanged.length, exitCodeOf(same)]).toEqual([1, 0])
    expect(same.notes).toHaveLength(2)
    const found = await world.look([setOf({ cf: '8.9.0' })], cf)
    expect(found.unknown).toMatchObject([{ reason: 'rate-limited', until: '2030-01-01T01:00:00.000Z' }])
    expect([found.changes, found.unchanged, exitCodeOf(found)]).toEqual([[], [], 14])
  })

  it('has a code of its own where there are several reasons', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0') })
    const gone = upstream({ signal: 'releases', repository: 'cloudfoundry/gone', pins: ['programs.bosh'] })
    world.server.routes.set(repo, { status: 401, body: {} })
    expect(exitCodeOf(await world.look([setOf({ cf: '8.9.0', bosh: '1.0.0' })], { ...cf, gone }))).toBe(10)
  })

  it('is a pin that its scheme does not read', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0') })
    const found = await world.look([setOf({ cf: '8.9' })], cf)
    expect(found.unknown.map(({ reason }) => reason)).toEqual(['unreadable-version'])
  })
})

describe('BOSH releases', () => {
  const kubo = {
    'kubo-release': upstream({
      signal: 'tags',
      repository: 'cfi/kubo-release',
      bosh_io: 'github.com/cfi/kubo-release',
      final_release: 'kubo',
      pins: ['programs.kubo']
    })
  }
  const one = commit('the commit of 0.32.0')
  const tags = { 'v0.31.0': commit('v0.31.0'), 'v0.31.11': one, 'v0.32.0': one, upstream: commit('upstream') }
  const files = [[one, 'releases/kubo/kubo-0.32.0.yml']] as const

  it('counts a tag that has its own final release, and takes two tags on one commit for one', async () => {
    world.repository('cfi/kubo-release', { tags, files })
    world.boshIo('github.com/cfi/kubo-release', [])
    const found = await world.look([setOf({ kubo: '0.31.0' })], kubo)
    expect(found.changes.map(({ pins }) => pins.map(({ to }) => to))).toEqual([['0.32.0']])
    const line = { 'kubo-release': { ...kubo['kubo-release'], within: { current: '0.31.x' } } }
    const kept = await world.look([setOf({ kubo: '0.31.0' })], line)
    expect(kept.changes).toEqual([])
    expect(kept.ignored.map(({ version }) => version)).toEqual(['v0.32.0', 'v0.31.11'])
    expect(kept.ignored[1]?.why).toMatch(/^no final release/)
    // From the other name of the commit there is nothing to go to.
    const same = await world.look([setOf({ kubo: '0.31.11' })], kubo)
    expect(same.ignored.map(({ why }) => why)).toEqual(['the very commit of 0.31.11, which is pinned'])
  })

  it('counts a tag that bosh.io lists, once its tarball is what was promised, and downloads it once', async () => {
    world.repository('cfi/kubo-release', { tags })
    world.boshIo('github.com/cfi/kubo-release', ['0.32.0'])
    const found = await world.look([setOf({ kubo: '0.31.0' })], kubo)
    expect(found.changes[0]?.pins[0]?.evidence.artefact?.sha256).toBe(sha256('tarball of 0.32.0'))
    await world.look([setOf({ kubo: '0.31.0' })], kubo)
    expect(world.server.asked.filter(url => url.startsWith('/tarballs'))).toHaveLength(1)
  })

  it('raises an alarm where the tarball is another', async () => {
    world.repository('cfi/kubo-release', { tags })
    world.boshIo('github.com/cfi/kubo-release', ['0.32.0'])
    world.server.routes.set('/tarballs/github.com/cfi/kubo-release/0.32.0', { body: 'another one' })
    const found = await world.look([setOf({ kubo: '0.31.0' })], kubo)
    expect([found.changes, found.alarms.map(({ code }) => code), exitCodeOf(found)]).toEqual([
      [],
      ['digest-differs'],
      7
    ])
  })

  it('is unknown while one that could list it can not be asked', async () => {
    world.repository('cfi/kubo-release', { tags })
    world.server.routes.set('/bosh.io/api/v1/releases/github.com/cfi/kubo-release', {
      status: 500,
      body: '<html></html>'
    })
    const found = await world.look([setOf({ kubo: '0.31.0' })], kubo)
    expect(found.unknown.map(({ reason }) => reason)).toEqual(['server-error'])
    world.repository('cfi/kubo-release', { tags, files })
    expect((await world.look([setOf({ kubo: '0.31.0' })], kubo)).changes).toHaveLength(1)
  })

  it('spells a version as the pin does, where upstream has both', async () => {
    const both = { '3.8.0': commit('3.8.0'), '3.9.0': commit('3.9.0'), 'v3.9.0': commit('3.9.0') }
    world.repository('cfi/kubo-release', {
      tags: both,
      files: [[commit('3.9.0'), 'releases/kubo/kubo-3.9.0.yml']]
    })
    world.boshIo('github.com/cfi/kubo-release', [])
    const pinned = { uri: 'https://example.com/x.git', version: '3.8.0' }
    const set = setOf({}, { repositories: { ...setOf({}).repositories, 'kubo-release': pinned } })
    const watcher = { ...kubo['kubo-release'], pins: ['repositories.kubo-release'] }
    expect((await world.look([set], { 'kubo-release': watcher })).changes[0]?.pins[0]?.to).toBe('3.9.0')
  })
})

describe('what belongs together', () => {
  const pair = (name: string, other: string, path: string) =>
    upstream({
      signal: 'tags',
      repository: `cf/${name}`,
      same_version_as: [other],
      pins: path === '' ? [] : [path]
    })

  it('waits for the partner, and takes the latest that both have', async () => {
    world.repository('cf/silk', { tags: tagged('v3.8.0', 'v3.9.0', 'v3.10.0') })
    world.repository('cf/cf-networking', { tags: tagged('3.8.0', '3.9.0') })
    const both = {
      silk: pair('silk', 'net', 'programs.silk'),
      net: upstream({ signal: 'tags', repository: 'cf/cf-networking' })
    }
    const found = await world.look([setOf({ silk: '3.8.0' })], both)
    expect(found.changes.map(({ pins }) => pins[0]?.to)).toEqual(['3.9.0'])
    expect(found.ignored.map(({ why }) => why)).toEqual(['waits for net, which has no 3.10.0 yet'])
    world.server.routes.set('/git/cf/cf-networking.git/info/refs', { status: 500 })
    expect((await world.look([setOf({ silk: '3.8.0' })], both)).unknown.map(one => one.upstream)).toEqual([
      'net',
      'silk'
    ])
  })

  it('moves as one change, or not at all', async () => {
    const both = { a: pair('a', 'b', 'programs.a'), b: pair('b', 'a', 'programs.b') }
    world.repository('cf/a', { tags: tagged('v1.0.0', 'v2.0.0') })
    world.repository('cf/b', { tags: tagged('v1.0.0', 'v2.0.0') })
    const found = await world.look([setOf({ a: '1.0.0', b: '1.0.0' })], both)
    expect(found.changes.map(({ pins }) => pins.map(({ upstream: name }) => name))).toEqual([['a', 'b']])
    const held = { ...both, b: { ...both.b, within: { current: '1.x' } } }
    const kept = await world.look([setOf({ a: '1.0.0', b: '1.0.0' })], held)
    expect(kept.changes).toEqual([])
    expect(kept.ignored.map(({ upstream: name, why }) => [name, why])).toEqual([
      ['b', 'outside of 1.x'],
      ['a', 'waits for b, which does not move with it']
    ])
  })
})

describe('alarms', () => {
  it('are a tag that moved, every time, and it is no change', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0', 'v8.10.0') })
    await world.look([setOf({ cf: '8.9.0' })], cf)
    world.repository('cloudfoundry/cli', { tags: { ...tagged('v8.9.0'), 'v8.10.0': commit('other') } })
    await world.look([setOf({ cf: '8.9.0' })], cf)
    const found = await world.look([setOf({ cf: '8.9.0' })], cf)
    expect([found.changes, found.alarms.map(({ code }) => code), exitCodeOf(found)]).toEqual([
      [],
      ['tag-moved'],
      7
    ])
    expect(found.ignored.map(({ why }) => why)).toEqual(['its tag was moved'])
  })

  it('are two tags of one version with two commits, a pin that is gone, and another repository of the name', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0'), id: 7 })
    await world.look([setOf({ cf: '8.9.0' })], cf)
    world.repository('cloudfoundry/cli', { tags: tagged('v8.8.0', '8.8.0'), id: 8 })
    const found = await world.look([setOf({ cf: '8.9.0' })], cf)
    expect(found.alarms.map(({ code }) => code)).toEqual(['tags-differ', 'other-repository', 'pin-gone'])
  })
})

describe('notes and others', () => {
  it('tells of a repository that was renamed or archived', async () => {
    world.repository('cloudfoundry/cli', { tags: tagged('v8.9.0'), name: 'cf/cli', archived: true })
    expect((await world.look([setOf({ cf: '8.9.0' })], cf)).notes).toEqual([
      'cf: cloudfoundry/cli is called cf/cli now',
      'cf: cf/cli is archived: nothing new is to be expected'
    ])
  })

  it('takes the newest commit of a branch for a change, and waits for the variant of a stemcell', async () => {
    world.repository('cf/bosh-deployment', { branches: { master: commit('new') } })
    world.server.routes.set('/bosh.io/api/v1/stemcells/noble', {
      body: [
        { version: '1.10', regular: { url: `${world.server.url}/s`, sha256: sha256('s') } },
        { version: '1.9', light: { url: `${world.server.url}/s`, sha256: sha256('s') } }
      ]
    })
    world.server.routes.set('/s', { body: 's' })
    const found = await world.look([setOf({ bd: commit('old'), noble: '1.8' })], {
      bd: upstream({
        signal: 'branch',
        repository: 'cf/bosh-deployment',
        branch: 'master',
        scheme: 'commit',
        pins: ['programs.bd']
      }),
      noble: upstream({
        signal: 'stemcell',
        bosh_io: 'noble',
        variant: 'light',
        scheme: 'loose',
        pins: ['programs.noble']
      })
    })
    expect(found.changes.map(({ risk, pins }) => [risk, pins[0]?.to])).toEqual([
      ['major', commit('new')],
      ['minor', '1.9']
    ])
  })

  it('tells what is new of what others bring, and leaves frozen sets alone', async () => {
    const etcd = {
      etcd: upstream({
        signal: 'tags',
        repository: 'cfi/etcd',
        scheme: 'loose',
        brought_by: 'kubo-deployment'
      })
    }
    world.repository('cfi/etcd', { tags: tagged('v1.1', 'v1.1.0') })
    expect((await world.look([], etcd)).ignored).toEqual([])
    world.repository('cfi/etcd', { tags: tagged('v1.1', 'v1.1.0', 'v1.2') })
    expect((await world.look([], etcd)).ignored.map(({ version, why }) => [version, why])).toEqual([
      ['v1.2', 'new, and kubo-deployment brings it']
    ])
  })
})

it('asks fifteen upstreams that did not change for nothing, and in less than two seconds', async () => {
  const names = Array.from({ length: 15 }, (_, index) => `program-${index}`)
  const upstreams = Object.fromEntries(
    names.map(name => [
      name,
      upstream({ signal: 'releases', repository: `cf/${name}`, pins: [`programs.${name}`] })
    ])
  )
  const set = setOf(Object.fromEntries(names.map(name => [name, '1.0.0'])))
  for (const name of names) world.repository(`cf/${name}`, { tags: tagged('v1.0.0') })
  const sources = world.withGit()
  await world.look([set], upstreams, sources)
  world.server.latency = Duration.milliseconds(50)
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now()
    await work()
    return performance.now() - start
  }
  // On a machine that does much else, what git alone takes is the measure.
  const git = await timed(() =>
    Promise.all(names.map(name => sources.git.tags(`${world.hosts.git}/cf/${name}.git`)))
  )
  const before = world.server.paidFor('/api')
  let found: Watched['found'] | undefined
  const took = await timed(async () => (found = await world.look([set], upstreams, sources)))
  expect(took).toBeLessThan(Math.max(2000, 2 * git))
  expect([world.server.paidFor('/api') - before, found?.unchanged.length]).toEqual([0, 15])
})
