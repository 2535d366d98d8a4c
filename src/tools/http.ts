import { createHash } from 'node:crypto'
import { Duration } from '../core/duration.ts'
import { fetchFailure } from './fetch-failure.ts'
import { followRedirects, type Fetch } from './redirects.ts'
import { UpstreamError } from './upstream-error.ts'

/** The time of day, and waiting. Tests have one that does not wait. */
export interface Clock {
  now(): Date
  sleep(length: Duration): Promise<void>
}

export interface HttpOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
  /** How long one answer may take. @default 30 s */
  readonly patience?: Duration
}

/** Asks servers that need no token. Every failure is an UpstreamError that says which kind it is. */
export interface Http {
  /** Data of a JSON document, and the SHA-256 of its text. */
  json(url: string): Promise<{ readonly data: unknown; readonly sha256: string }>
  /** Undefined where the server says that there is none. */
  textIfAny(url: string): Promise<string | undefined>
  /** SHA-256 and SHA-1 of what lies at an address, of any size, in hexadecimal digits. It is not kept. */
  digests(url: string): Promise<Digests>
}

export interface Digests {
  readonly sha256: string
  readonly sha1: string
  readonly bytes: number
}

/** Times that a server's own failure is tried, with pauses of 1 s and 4 s. */
const tries = 3

const answerPatience = Duration.seconds(30)
/** Stemcells have hundreds of megabytes. */
const downloadPatience = Duration.minutes(30)

type Read<T> = (response: Response) => Promise<T>

export function createHttp(options: HttpOptions): Http {
  const fetch = followRedirects(options.fetch)

  const once = async <T>(url: string, read: Read<T>, patience: Duration): Promise<T> => {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(patience.milliseconds)])
    try {
      const response = await fetch(url, { signal })
      if (!response.ok) throw await refusal(url, response, options.clock.now())
      return await read(response)
    } catch (thrown) {
      if (options.signal.aborted) throw thrown
      throw fetchFailure(url, thrown)
    }
  }
  const steadily = async <T>(
    url: string,
    read: Read<T>,
    patience = options.patience ?? answerPatience
  ): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(url, read, patience)
      } catch (thrown) {
        if (attempt >= tries || !mayPass(thrown)) throw thrown
        await options.clock.sleep(Duration.seconds(attempt * attempt))
      }
    }
  }

  return {
    async json(url) {
      const text = await steadily(url, response => response.text())
      return { data: dataOf(url, text), sha256: createHash('sha256').update(text).digest('hex') }
    },
    async textIfAny(url) {
      try {
        return await steadily(url, response => response.text())
      } catch (thrown) {
        if (thrown instanceof UpstreamError && thrown.reason === 'absent') return undefined
        throw thrown
      }
    },
    digests: url => steadily(url, digestsOf, downloadPatience)
  }
}

/** Throws an UpstreamError (malformed) that tells a page of HTML from JSON that was cut short. */
export function dataOf(url: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const start = text.trimStart()
    const found = start.startsWith('<')
      ? 'HTML'
      : start === ''
        ? 'nothing'
        : 'text that is no JSON, or half of one'
    throw malformed(url, found, 'JSON')
  }
}

export function malformed(url: string, found: string, expected: string): UpstreamError {
  return new UpstreamError('malformed', `${url}: found ${found}, expected ${expected}`, {
    hint: 'look what answers at that address: a proxy, a login page, or a newer API'
  })
}

async function digestsOf(response: Response): Promise<Digests> {
  const [sha256, sha1] = [createHash('sha256'), createHash('sha1')]
  let bytes = 0
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? []
  for await (const chunk of chunks) {
    sha256.update(chunk)
    sha1.update(chunk)
    bytes += chunk.byteLength
  }
  return { sha256: sha256.digest('hex'), sha1: sha1.digest('hex'), bytes }
}

function mayPass(thrown: unknown): boolean {
  return thrown instanceof UpstreamError && ['server-error', 'network'].includes(thrown.reason)
}

async function refusal(url: string, response: Response, now: Date): Promise<UpstreamError> {
  await response.body?.cancel()
  return refusalOf(url, response.status, response.headers.get('retry-after') ?? undefined, now)
}

/** What a status of 400 and above means. */
export function refusalOf(
  url: string,
  status: number,
  retryAfter: string | undefined,
  now: Date
): UpstreamError {
  const found = `${url}: found status ${status}`
  if (status === 429) {
    const until = retryTime(retryAfter, now)
    return new UpstreamError('rate-limited', `${found}, expected an answer: too many were asked for`, {
      hint: `try again ${until === undefined ? 'in some minutes' : `after ${until.toISOString()}`}`,
      until
    })
  }
  if (status === 404 || status === 410) {
    return new UpstreamError('absent', `${found}, expected it to be there`, {
      hint: 'look whether it was renamed or made private, and correct its address'
    })
  }
  if (status >= 500) {
    return new UpstreamError('server-error', `${found} after ${tries} tries, expected an answer`, {
      hint: 'try again later'
    })
  }
  return new UpstreamError('forbidden', `${found}, expected an answer`, {
    hint: 'look whether that address is open to this machine'
  })
}

/** `retry-after` is a count of seconds or a date (RFC 9110, 10.2.3). */
export function retryTime(retryAfter: string | undefined, now: Date): Date | undefined {
  if (retryAfter === undefined) return undefined
  const time = /^\d+$/.test(retryAfter) ? now.getTime() + Number(retryAfter) * 1000 : Date.parse(retryAfter)
  return Number.isNaN(time) ? undefined : new Date(time)
}
