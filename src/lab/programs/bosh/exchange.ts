import { setTimeout as sleep } from 'node:timers/promises'
import { goNetworkError, isPassingNetworkError } from '../common/go-errors.ts'
import type { HttpsResponse, Send } from '../common/https.ts'
import { BoshError, oneLine, wrap } from './bosh-error.ts'

export interface DirectorAddress {
  readonly host: string
  readonly port: number
}

const patience = { tries: 5, pauseMillis: 500 }

/** A token is fetched in the course of sending a request, so its failure is one of the request. */
export async function authorized(
  authorize: () => Promise<string | undefined>,
  method: string,
  url: string
): Promise<string | undefined> {
  try {
    return await authorize()
  } catch (thrown) {
    if (!(thrown instanceof BoshError)) throw thrown
    throw performing(method, url, new BoshError(oneLine(thrown)))
  }
}

function performing(method: string, url: string, cause: BoshError): BoshError {
  return wrap(wrap(cause, `Performing ${method} request`), `Performing request ${method} '${url}'`)
}

export function urlOf({ host, port }: DirectorAddress): string {
  return `https://${host}:${port}`
}

/** Sends a request, again where nobody answered yet, and words a failure as the real program does. */
export async function sendPatiently(
  send: Send,
  { host, port }: DirectorAddress,
  request: Parameters<Send>[0]
): Promise<HttpsResponse> {
  for (let attemptNumber = 1; ; attemptNumber += 1) {
    try {
      return await send(request)
    } catch (thrown) {
      if (attemptNumber < patience.tries && isPassingNetworkError(thrown)) {
        await sleep(patience.pauseMillis)
        continue
      }
      const { method, url } = request
      const verb = method.charAt(0) + method.slice(1).toLowerCase()
      const cause = new BoshError(`Retry: ${verb} "${url}": ${goNetworkError(thrown, host, port)}`)
      throw performing(method, url, cause)
    }
  }
}
