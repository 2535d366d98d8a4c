import { refusalOf, retryTime, type Clock } from './http.ts'
import { fetchFailure } from './fetch-failure.ts'
import { UpstreamError } from './upstream-error.ts'

/** What octokit throws (@octokit/request-error 7). It gives what a network did status 500, and the failure as its cause. */
interface RequestFailure extends Error {
  readonly status: number
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> }
}

export function isRequestFailure(thrown: unknown): thrown is RequestFailure {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number'
}

/** Where a request ended without any answer: what happened. */
export function noAnswerIn(url: string, thrown: unknown): UpstreamError | undefined {
  if (!isRequestFailure(thrown) || thrown.response !== undefined) return undefined
  const failure = fetchFailure(url, thrown.cause)
  return failure instanceof UpstreamError ? failure : undefined
}

/** What octokit threw, in words that help; what is no failure of a request comes back as it is. */
export function gitHubFailure(url: string, thrown: unknown, clock: Clock, hasToken: boolean): unknown {
  if (thrown instanceof UpstreamError || !isRequestFailure(thrown)) return thrown
  const noAnswer = noAnswerIn(url, thrown)
  if (noAnswer !== undefined) return noAnswer
  const headers = thrown.response?.headers ?? {}
  const limit = limitOf(thrown, headers)
  if (limit !== undefined) {
    const until = endOf(headers, clock.now())
    return new UpstreamError(
      'rate-limited',
      `${url}: found the ${limit} rate limit of GitHub, expected an answer`,
      {
        hint: hasToken
          ? `try again after ${until.toISOString()}`
          : `name a token in GITHUB_TOKEN, or try again after ${until.toISOString()}`,
        until
      }
    )
  }
  if (thrown.status === 401) {
    return new UpstreamError(
      'token-refused',
      `${url}: found that GitHub refuses the token, expected one that is valid`,
      {
        hint: 'make a new token, and give it in GITHUB_TOKEN; it needs no scope for public repositories'
      }
    )
  }
  return refusalOf(url, thrown.status, undefined, clock.now())
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: both kinds come as 403 or as 429. */
function limitOf(
  { status, message }: RequestFailure,
  headers: Readonly<Record<string, string | number | undefined>>
): 'primary' | 'secondary' | undefined {
  if (status !== 403 && status !== 429) return undefined
  if (/\bsecondary rate\b/i.test(message) || headers['retry-after'] !== undefined) return 'secondary'
  if (String(headers['x-ratelimit-remaining']) === '0') return 'primary'
  return status === 429 ? 'secondary' : undefined
}

/** When GitHub says that it answers again; at least a minute where it does not say. */
function endOf(headers: Readonly<Record<string, string | number | undefined>>, now: Date): Date {
  const after = headers['retry-after']
  const retry = retryTime(after === undefined ? undefined : String(after), now)
  if (retry !== undefined) return retry
  const reset = Number(headers['x-ratelimit-reset'])
  const exhausted = String(headers['x-ratelimit-remaining']) === '0'
  if (exhausted && Number.isSafeInteger(reset)) return new Date(reset * 1000)
  return new Date(now.getTime() + 60_000)
}
