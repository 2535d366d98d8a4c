export interface Target {
  readonly host: string
  readonly port: number
  readonly path: string
}

/** What came of one HTTP request from inside a container. */
export type Answer =
  | { readonly outcome: 'answered'; readonly address: string; readonly status: number; readonly body: string }
  | { readonly outcome: 'unknown-host' }
  | { readonly outcome: 'refused' | 'timeout' | 'unreachable'; readonly address: string }

/** Sends a request, and waits no longer than so many seconds for an answer where it says how many. */
export type Ask = (target: Target, seconds?: number) => Promise<Answer>
export type LookUp = (name: string) => string | undefined

/** Host, port and path of a URL, with http as the scheme where none is said; undefined for what is no URL. */
export function readUrl(text: string): Target | undefined {
  const [, scheme = 'http', host, port, path = '/'] =
    /^(?:(https?):\/\/)?([^/:?#]+)(?::(\d+))?(\/[^#]*)?$/.exec(text) ?? []
  if (host === undefined) return undefined
  return { host, port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port), path }
}
