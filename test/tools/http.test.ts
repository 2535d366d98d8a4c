import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { createBoshIo, type BoshIo } from '../../src/tools/bosh-io.ts'
import { createHttp, type Http, type HttpOptions } from '../../src/tools/http.ts'
import { UpstreamError } from '../../src/tools/upstream-error.ts'
import { FakeClock, FakeUpstream, type Answer } from './fake-upstream.ts'

let upstream: FakeUpstream
let clock: FakeClock

beforeEach(async () => {
  upstream = await FakeUpstream.open()
  clock = new FakeClock()
})
afterEach(() => upstream.close())

function open(more: Partial<HttpOptions> = {}): Http {
  return createHttp({ fetch: globalThis.fetch, clock, signal: new AbortController().signal, ...more })
}

function boshIo(): BoshIo {
  return createBoshIo(open(), upstream.url)
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'an answer',
    (thrown: unknown) => (thrown instanceof UpstreamError ? thrown.reason : String(thrown))
  )
}

describe('http', () => {
  it.each<[string, Answer, string, string[]]>([
    ['a server that fails', { status: 500, body: '<html>oops</html>' }, 'server-error', ['1s', '4s']],
    ['a page of HTML', { body: '<html></html>' }, 'malformed', []],
    ['half of a document', { body: '[{' }, 'malformed', []],
    ['a cut connection', { body: [1, 2, 3], cutAfter: 2 }, 'network', ['1s', '4s']],
    ['nothing', { body: '' }, 'malformed', []],
    ['what is gone', { status: 410 }, 'absent', []],
    ['what is forbidden', { status: 403 }, 'forbidden', []],
    ['too many questions', { status: 429, headers: { 'retry-after': '20' } }, 'rate-limited', []],
    ['a circle', { status: 302, headers: { location: '/x' } }, 'redirect-loop', []]
  ])('tells %s', async (_, answer, reason, slept) => {
    upstream.routes.set('/x', answer)
    expect(await reasonOf(open().json(`${upstream.url}/x`))).toBe(reason)
    expect(clock.slept).toEqual(slept)
  })

  it('tells a server that is too slow', async () => {
    upstream.latency = Duration.seconds(5)
    upstream.routes.set('/x', { body: {} })
    const http = open({ patience: Duration.milliseconds(20) })
    expect(await reasonOf(http.json(`${upstream.url}/x`))).toBe('too-slow')
  })

  it('tells that there is none from all other failures', async () => {
    expect(await open().textIfAny(`${upstream.url}/none`)).toBeUndefined()
    upstream.routes.set('/x', { status: 403 })
    expect(await reasonOf(open().textIfAny(`${upstream.url}/x`))).toBe('forbidden')
  })

  it('digests what a redirect leads to', async () => {
    upstream.routes.set('/d', { status: 302, headers: { location: '/tarball' } })
    upstream.routes.set('/tarball', { body: 'a release' })
    const sha256 = createHash('sha256').update('a release').digest('hex')
    expect(await open().digests(`${upstream.url}/d`)).toMatchObject({ sha256, bytes: 9 })
  })

  it('ends when it is told to', async () => {
    const stopping = new AbortController()
    stopping.abort('SIGINT')
    expect(await reasonOf(open({ signal: stopping.signal }).json(`${upstream.url}/x`))).toBe('SIGINT')
  })
})

describe('bosh.io', () => {
  it('tells releases, with and without a digest', async () => {
    upstream.routes.set('/api/v1/releases/github.com/cloudfoundry/bpm-release', {
      body: [
        { name: 'bpm', version: '1.4.0', url: 'https://x/bpm-1.4.0', sha1: 'ab', sha256: 'cd' },
        { name: 'bpm', version: '1.0.3', url: 'https://x/bpm-1.0.3', sha1: 'ab' }
      ]
    })
    expect(await boshIo().releases('github.com/cloudfoundry/bpm-release')).toEqual([
      { version: '1.4.0', url: 'https://x/bpm-1.4.0', sha256: 'cd' },
      { version: '1.0.3', url: 'https://x/bpm-1.0.3', sha256: undefined }
    ])
  })

  it('tells stemcells whose light variant is not there yet', async () => {
    upstream.routes.set('/api/v1/stemcells/bosh-aws-xen-hvm-ubuntu-noble', {
      body: [{ version: '1.425', regular: { url: 'https://x/1.425.tgz', sha256: 'ab' } }]
    })
    expect(await boshIo().stemcells('bosh-aws-xen-hvm-ubuntu-noble')).toEqual([
      { version: '1.425', regular: { url: 'https://x/1.425.tgz', sha256: 'ab' }, light: undefined }
    ])
  })

  it.each<[string, unknown]>([
    ['an object', { error: 'no' }],
    ['a release without a version', [{ url: 'x' }]],
    ['a version that is a number', [{ version: 1.4, url: 'x' }]]
  ])('refuses %s', async (_, body) => {
    upstream.routes.set('/api/v1/releases/r', { body })
    upstream.routes.set('/api/v1/stemcells/s', { body })
    expect(await reasonOf(boshIo().releases('r'))).toBe('malformed')
    expect(await reasonOf(boshIo().stemcells('s'))).toBe('malformed')
  })
})
