import { setTimeout as sleep } from 'node:timers/promises'
import { usualHosts, type Hosts, type Sources } from '../releases/sources.ts'
import { createAnswerCache } from '../tools/answer-cache.ts'
import { createBoshIo } from '../tools/bosh-io.ts'
import { createFiles } from '../tools/files.ts'
import { createGitRemote } from '../tools/git-remote.ts'
import { createGitHub } from '../tools/github.ts'
import { createHttp } from '../tools/http.ts'
import type { CliContext } from './context.ts'
import { openPrograms } from './open-tools.ts'

/** Where a mirror may stand in for a host. */
const variables: Readonly<Record<keyof Hosts, string>> = {
  api: 'CAUSEWAY_GITHUB_API_URL',
  raw: 'CAUSEWAY_GITHUB_RAW_URL',
  git: 'CAUSEWAY_GITHUB_URL',
  boshIo: 'CAUSEWAY_BOSH_IO_URL'
}

/** What the watchers ask. The token comes from GITHUB_TOKEN and goes to GitHub's API alone; answers are kept in `folder`. */
export function openSources(context: CliContext, folder: string): Sources {
  const { env, redactor } = context
  const signal = withAbortError(context.signal)
  const token = env['GITHUB_TOKEN']?.trim() === '' ? undefined : env['GITHUB_TOKEN']?.trim()
  redactor.add(token)
  const hosts: Hosts = {
    api: hostOf(env, 'api'),
    raw: hostOf(env, 'raw'),
    git: hostOf(env, 'git'),
    boshIo: hostOf(env, 'boshIo')
  }
  const clock = {
    now: () => new Date(),
    sleep: (length: { milliseconds: number }) => sleep(length.milliseconds, undefined, { signal })
  }
  const fetch = globalThis.fetch
  const http = createHttp({ fetch, clock, signal })
  return {
    gitHub: createGitHub({
      fetch,
      clock,
      signal,
      token,
      baseUrl: hosts.api,
      cache: createAnswerCache(createFiles(), folder, token)
    }),
    git: createGitRemote(openPrograms(context)),
    boshIo: createBoshIo(http, hosts.boshIo),
    http,
    clock,
    hosts,
    hasToken: token !== undefined
  }
}

/** The reason of our signal is the name of the one that came, and `fetch` throws the reason: an AbortError is known as one. */
function withAbortError(signal: AbortSignal): AbortSignal {
  const stopping = new AbortController()
  if (signal.aborted) stopping.abort()
  else signal.addEventListener('abort', () => stopping.abort(), { once: true })
  return stopping.signal
}

function hostOf(env: CliContext['env'], host: keyof Hosts): string {
  return (env[variables[host]] ?? usualHosts[host]).replace(/\/+$/, '')
}
