import { mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { createAnswerCache } from '../../src/tools/answer-cache.ts'
import { createFiles } from '../../src/tools/files.ts'
import { createGitHub, type GitHub } from '../../src/tools/github.ts'
import { UpstreamError } from '../../src/tools/upstream-error.ts'
import { FakeClock, FakeUpstream, release, type Answer } from './fake-upstream.ts'

const path = '/repos/cloudfoundry/cf-deployment'
const name = 'cloudfoundry/cf-deployment'
const everything = { known: new Set<string>(), all: true }

let upstream: FakeUpstream
let clock: FakeClock
let folder: string

beforeEach(async () => {
  upstream = await FakeUpstream.open()
  clock = new FakeClock()
  folder = await mkdtemp(join(tmpdir(), 'causeway-github-'))
})
afterEach(() => upstream.close())

function open(token: string | undefined = 'first-token', fetch = globalThis.fetch): GitHub {
  return createGitHub({
    fetch,
    clock,
    signal: new AbortController().signal,
    token,
    baseUrl: upstream.url,
    cache: createAnswerCache(createFiles(), folder, token),
    // A minute of the plugins' patience is 60 ms.
    second: Duration.milliseconds(1)
  })
}

async function failureOf(work: Promise<unknown>): Promise<UpstreamError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error
  )
  if (!(thrown instanceof UpstreamError)) throw new Error(`no UpstreamError: ${String(thrown)}`)
  return thrown
}

/** Answers one after the other; the last one stays. */
function inTurn(...answers: readonly Answer[]): () => Answer {
  const left = [...answers]
  return () => (left.length > 1 ? left.shift() : left[0]) ?? {}
}

describe('pages of releases', () => {
  const many = (count: number): object[] =>
    Array.from({ length: count }, (_, index) => release(`v${count - index}.0.0`))

  it('reads them all the first time', async () => {
    upstream.pages(`${path}/releases`, () => many(250))
    const { releases, complete } = await open().releases(name, everything)
    expect([releases.length, complete, upstream.asked.length]).toEqual([250, true, 3])
  })

  it('ends at a whole page that is known, and asks for every page where that is wanted', async () => {
    upstream.pages(`${path}/releases`, () => many(250))
    const known = new Set(Array.from({ length: 249 }, (_, index) => `v${index + 1}.0.0`))
    const { releases, complete } = await open().releases(name, { known, all: false })
    // The newest is on the first page, so that the second one is the overlap.
    expect([releases.length, complete]).toEqual([200, false])
    expect((await open().releases(name, { known, all: true })).releases).toHaveLength(250)
  })

  it('spends nothing where nothing changed, on any page', async () => {
    upstream.pages(`${path}/releases`, () => many(250))
    const first = await open().releases(name, everything)
    const { spent } = upstream
    expect(await open().releases(name, everything)).toEqual(first)
    expect([upstream.spent - spent, upstream.asked.length]).toEqual([0, 6])
  })

  it('sees a release of an old line below newer ones', async () => {
    const entries = many(150)
    upstream.pages(`${path}/releases`, () => entries)
    const known = new Set((await open().releases(name, everything)).releases.map(({ tag }) => tag))
    entries.splice(40, 0, release('v3.1.0'))
    const { releases } = await open().releases(name, { known, all: false })
    expect(releases.map(({ tag }) => tag)).toContain('v3.1.0')
  })

  it('keeps what it was told for one token alone, where only its owner can read it', async () => {
    upstream.pages(`${path}/releases`, () => many(1))
    await open('first-token').releases(name, everything)
    await open('other-token').releases(name, everything)
    expect(upstream.spent).toBe(2)
    const files = await readdir(folder)
    expect(files).toHaveLength(2)
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
  })
})

describe('a repository', () => {
  it('is known by its name of today, and by whether it is archived', async () => {
    upstream.routes.set(path, { status: 301, headers: { location: '/repositories/7' }, body: {} })
    upstream.routes.set('/repositories/7', {
      body: { id: 7, full_name: 'cloudfoundry/renamed', archived: true }
    })
    expect(await open().repository(name)).toEqual({ id: 7, name: 'cloudfoundry/renamed', archived: true })
  })
})

describe('trouble', () => {
  const primary = { 'x-ratelimit-remaining': '0' }
  const secondary = { message: 'You have exceeded a secondary rate limit.' }
  it.each<[string, Answer, string, number]>([
    ['a token that was revoked', { status: 401, body: { message: 'Bad credentials' } }, 'token-refused', 1],
    ['a repository that vanished', { status: 404, body: { message: 'Not Found' } }, 'absent', 1],
    ['one that is blocked', { status: 451, body: { message: 'Unavailable' } }, 'forbidden', 1],
    ['one that is forbidden', { status: 403, body: { message: 'Resource protected' } }, 'forbidden', 1],
    [
      'the primary limit',
      { status: 403, headers: primary, body: { message: 'API rate limit exceeded' } },
      'rate-limited',
      1
    ],
    [
      'the secondary limit for long',
      { status: 403, headers: { 'retry-after': '900' }, body: secondary },
      'rate-limited',
      1
    ],
    [
      'the secondary limit, again',
      { status: 403, headers: { 'retry-after': '30' }, body: secondary },
      'rate-limited',
      2
    ],
    ['the secondary limit, time unsaid', { status: 429, body: secondary }, 'rate-limited', 2],
    ['status 429 alone', { status: 429, body: { message: 'slow down' } }, 'rate-limited', 1],
    ['a server that fails', { status: 502, body: '<html>Bad gateway</html>' }, 'server-error', 4],
    ['HTML in place of JSON', { body: '<!doctype html><title>log in</title>' }, 'malformed', 1],
    ['half of a document', { body: [release('v1.0.0')], cutAfter: 12 }, 'malformed', 1],
    [
      'half of a document that ends well',
      { body: '[{"tag_name":', headers: { 'content-type': 'application/json' } },
      'malformed',
      1
    ],
    ['other JSON', { body: [{ no: 'tag' }] }, 'malformed', 1]
  ])('%s', async (_, answer, reason, asked) => {
    upstream.routes.set(`${path}/releases`, answer)
    const failure = await failureOf(open().releases(name, everything))
    expect([failure.reason, upstream.asked.length]).toEqual([reason, asked])
    expect(failure.message).toContain(path)
    expect(failure.hint).toBeDefined()
    expect(`${failure.message}${String(failure.hint)}`).not.toContain('first-token')
  })

  it('passes, where it was the secondary limit or a server of a moment', async () => {
    const good = { body: [release('v1.0.0')] }
    upstream.routes.set(
      `${path}/releases`,
      inTurn({ status: 403, body: secondary }, { status: 500, body: {} }, good)
    )
    expect((await open().releases(name, everything)).releases).toHaveLength(1)
  })

  it('says when the limit ends: as told, by the hour, or in a minute', async () => {
    const until = async (answer: Answer): Promise<string | undefined> => {
      upstream.routes.set(path, answer)
      return (await failureOf(open().repository(name))).until?.toISOString()
    }
    expect(await until({ status: 429, headers: { 'retry-after': '900' }, body: secondary })).toBe(
      '2030-01-01T00:15:00.000Z'
    )
    expect(await until({ status: 403, headers: primary, body: {} })).toBe('2030-01-01T01:00:00.000Z')
    expect(await until({ status: 429, body: {} })).toBe('2030-01-01T00:01:00.000Z')
  })

  it('is a circle of redirects, at once', async () => {
    upstream.routes.set(path, { status: 302, headers: { location: '/elsewhere' } })
    upstream.routes.set('/elsewhere', { status: 302, headers: { location: path } })
    const failure = await failureOf(open().repository(name))
    expect([failure.reason, upstream.asked.length]).toEqual(['redirect-loop', 2])
  })

  it('is a certificate, at once, or a host that is not there, after some tries', async () => {
    let asked = 0
    const failing = (code: string) => async (): Promise<Response> => {
      asked += 1
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) })
    }
    expect((await failureOf(open('t', failing('SELF_SIGNED_CERT_IN_CHAIN')).repository(name))).reason).toBe(
      'tls'
    )
    expect(asked).toBe(1)
    expect((await failureOf(open('t', failing('ENOTFOUND')).repository(name))).reason).toBe('network')
    expect(asked).toBe(5)
  })

  it('leaves others a tenth of the limit, and takes it up again in the next hour', async () => {
    upstream.limit = 5
    upstream.pages(`${path}/releases`, () => Array.from({ length: 700 }, (_, index) => release(`v${index}`)))
    const github = open(undefined)
    const failure = await failureOf(github.releases(name, everything))
    expect([failure.reason, upstream.spent]).toEqual(['reserve-reached', 4])
    expect(github.rate()).toEqual({ limit: 5, remaining: 1, reset: upstream.reset })
    clock.time = upstream.reset
    upstream.routes.set(path, { body: { id: 1, full_name: name, archived: false } })
    expect((await github.repository(name)).id).toBe(1)
  })

  it('does not send the token to another host', async () => {
    const other = await FakeUpstream.open()
    let seen: string | undefined
    other.routes.set('/there', request => {
      seen = request.headers.authorization ?? 'none'
      return { body: { id: 1, full_name: name, archived: false } }
    })
    upstream.routes.set(path, { status: 302, headers: { location: `${other.url}/there` } })
    await open().repository(name)
    await other.close()
    expect(seen).toBe('none')
  })
})
