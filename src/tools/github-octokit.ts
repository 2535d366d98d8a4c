import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import { Duration } from '../core/duration.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { Budget } from './github-budget.ts'
import { isRequestFailure, noAnswerIn } from './github-failure.ts'
import { malformed, type Clock } from './http.ts'
import { followRedirects, type Fetch } from './redirects.ts'

export interface OctokitOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly token: string | undefined
  readonly baseUrl: string
  readonly cache: AnswerCache
  readonly budget: Budget
  /** How long a second of the plugins' pauses lasts. @default 1 s; tests have shorter ones */
  readonly second?: Duration
}

/** Longer than that a run does not wait for a limit to end; the next run asks again. */
const patience = Duration.minutes(2)

/**
 * Octokit with throttling and retries, and below both what keeps answers and counts: what comes first in the list of
 * plugins is closest to the network (before-after-hook 4).
 *
 * Retry and throttling would both try again after 429 (@octokit/plugin-retry 8.1.1 leaves it out of its list), so that
 * it is left to throttling alone.
 */
export function createOctokit(options: OctokitOptions): Octokit {
  const Client = Octokit.plugin(octokit => keepAnswers(octokit, options), throttling, retry)
  const second = (options.second ?? Duration.seconds(1)).milliseconds
  const waitOnce = (seconds: number, _: unknown, __: unknown, count: number): boolean =>
    count < 1 && seconds * 1000 <= patience.milliseconds
  return new Client({
    ...(options.token === undefined ? {} : { auth: options.token }),
    baseUrl: options.baseUrl,
    userAgent: 'causeway',
    // It tells of every request and of deprecations; what a person should know is said by the failures.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: followRedirects(options.fetch), signal: options.signal },
    throttle: {
      // The plugin's limits are shared by all clients of a process with one id.
      id: options.baseUrl,
      retryAfterBaseValue: second,
      onRateLimit: waitOnce,
      onSecondaryRateLimit: waitOnce
    },
    retry: { retryAfterBaseValue: second, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] }
  })
}

function silent(): void {
  // Nothing to say.
}

/**
 * Sends what is known with every question, and turns "not modified", which octokit throws (octokit.js#826), into the
 * answer of then.
 */
function keepAnswers(octokit: Pick<Octokit, 'hook' | 'request'>, { cache, budget }: OctokitOptions): object {
  octokit.hook.wrap('request', async (request, asked) => {
    const { url } = octokit.request.endpoint(asked)
    const known = asked.method === 'GET' ? await cache.read(url) : undefined
    // What did not change costs nothing with a token, so it may be asked for out of the reserve.
    if (known === undefined) budget.guard(url)
    else asked.headers['if-none-match'] = known.etag
    try {
      const answer = await request(asked)
      budget.note(answer.headers)
      const { etag, link } = answer.headers
      const data: unknown = answer.data
      // Octokit gives what it can't read as text, and pages of it as empty ones.
      if (typeof data !== 'object') throw malformed(url, shapeOf(data), 'JSON')
      if (etag !== undefined) await cache.write(url, { etag, link, data })
      return answer
    } catch (thrown) {
      if (!isRequestFailure(thrown)) throw thrown
      budget.note(thrown.response?.headers ?? {})
      if (thrown.status === 304 && known !== undefined) {
        const headers = known.link === undefined ? {} : { link: known.link }
        return { status: 200, url, headers, data: known.data }
      }
      // A certificate or a circle of redirects won't be better at the next try.
      const noAnswer = noAnswerIn(url, thrown)
      throw noAnswer !== undefined && noAnswer.reason !== 'network' ? noAnswer : thrown
    }
  })
  return {}
}

function shapeOf(data: unknown): string {
  if (typeof data !== 'string') return 'no text'
  if (data.trimStart().startsWith('<')) return 'HTML'
  return data === '' ? 'nothing, or half a document' : 'text that is no JSON, or half of one'
}
