import type { BoshIo } from '../tools/bosh-io.ts'
import type { GitHub } from '../tools/github.ts'
import type { GitRemote } from '../tools/git-remote.ts'
import type { Clock, Http } from '../tools/http.ts'

/** Where upstreams are asked: their own hosts, unless a mirror stands in for them. */
export interface Hosts {
  /** GitHub's API. */
  readonly api: string
  /** Files of GitHub's repositories, which cost no quota. */
  readonly raw: string
  /** Repositories themselves. */
  readonly git: string
  readonly boshIo: string
}

export const usualHosts: Hosts = {
  api: 'https://api.github.com',
  raw: 'https://raw.githubusercontent.com',
  git: 'https://github.com',
  boshIo: 'https://bosh.io'
}

/** All that a watcher may ask. */
export interface Sources {
  readonly gitHub: GitHub
  readonly git: GitRemote
  readonly boshIo: BoshIo
  readonly http: Http
  readonly clock: Clock
  readonly hosts: Hosts
  /** Without a token each question to GitHub's API counts, also the one that finds nothing new. */
  readonly hasToken: boolean
}
