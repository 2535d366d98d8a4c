import { UpstreamError } from './upstream-error.ts'

export type Fetch = typeof globalThis.fetch

const mostHops = 10

/**
 * A fetch that follows redirects itself: to tell a loop from a network that is down, and to keep a token from other hosts.
 * The address of the answer is that of the last hop.
 */
export function followRedirects(fetch: Fetch): Fetch {
  return async (input, init = {}) => {
    const first = input instanceof Request ? input.url : String(input)
    const headers = new Headers(init.headers)
    const seen = new Set<string>()
    let url = first
    for (;;) {
      const response = await fetch(url, { ...init, headers, redirect: 'manual' })
      const next = response.headers.get('location')
      if (!isRedirect(response.status) || next === null) return response
      await response.body?.cancel()
      seen.add(url)
      const target = new URL(next, url)
      if (seen.has(target.href) || seen.size >= mostHops) {
        throw new UpstreamError(
          'redirect-loop',
          `${first}: found ${seen.has(target.href) ? 'redirects in a circle' : `more than ${mostHops} redirects`}, expected an answer`,
          { hint: 'open the address in a browser, and name the one that it ends at' }
        )
      }
      if (target.origin !== new URL(url).origin) headers.delete('authorization')
      url = target.href
    }
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}
