import type { Upstream } from '../environment/watchers.ts'
import { UpstreamError } from '../tools/upstream-error.ts'
import type { Artefact, Candidate, NotTold } from './answer.ts'
import type { Sources } from './sources.ts'
import { identityOf } from './version.ts'

/** What speaks for a version. */
export interface Evidence {
  readonly commit?: string
  /** Addresses at which a person can see it. */
  readonly seen: readonly string[]
  /** What was downloaded, and was what it should be. */
  readonly artefact?: { readonly url: string; readonly sha256: string }
}

export type Proof =
  | { readonly kind: 'proved'; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly why: string; readonly isAlarm: boolean }
  | { readonly kind: 'unknown'; readonly notTold: NotTold }

/**
 * Whether a version is more than a tag: a release of GitHub that is published; a BOSH release whose final-release file its
 * commit has, or that bosh.io lists; and what can be downloaded has the digest that was promised. `proved` has digests of
 * what was downloaded before.
 */
export async function prove(
  upstream: Upstream,
  candidate: Candidate,
  proved: Readonly<Record<string, string>>,
  sources: Sources
): Promise<Proof> {
  try {
    const confirmed = await confirm(upstream, candidate, sources)
    if (confirmed !== undefined) return { kind: 'refused', why: confirmed, isAlarm: false }
    const final = await finalRelease(upstream, candidate, sources)
    if (typeof final === 'string') return { kind: 'refused', why: final, isAlarm: false }
    const { commit, page } = candidate
    const seen = [...(page === undefined || page === '' ? [] : [page]), ...final.seen]
    const evidence = { ...(commit === undefined ? {} : { commit }), seen }
    const artefact = final.artefact
    if (artefact === undefined) return { kind: 'proved', evidence }
    return await downloaded(artefact, evidence, proved, sources)
  } catch (thrown) {
    if (thrown instanceof UpstreamError) return { kind: 'unknown', notTold: notTold(thrown) }
    throw thrown
  }
}

export function notTold({ reason, message, hint, until }: UpstreamError): NotTold {
  return { reason, message, hint, ...(until === undefined ? {} : { until: until.toISOString() }) }
}

async function confirm(
  { repository = '' }: Upstream,
  { isUnconfirmed, tag }: Candidate,
  { gitHub }: Sources
): Promise<string | undefined> {
  if (isUnconfirmed !== true || tag === undefined) return undefined
  const release = await gitHub.releaseOf(repository, tag)
  if (release === undefined) return 'a tag without a release'
  return release.draft || release.prerelease ? 'a prerelease, by what GitHub says' : undefined
}

interface Final {
  readonly seen: readonly string[]
  readonly artefact: Artefact | undefined
}

async function finalRelease(
  { final_release: name, repository = '', bosh_io: path }: Upstream,
  { version, commit, artefact }: Candidate,
  { http, boshIo, hosts }: Sources
): Promise<Final | string> {
  if (name === undefined || commit === undefined) return { seen: [], artefact }
  const identity = identityOf(version)
  const file = `${hosts.raw}/${repository}/${commit}/releases/${name}/${name}-${identity}.yml`
  const [atTag, listed] = await Promise.allSettled([
    http.textIfAny(file),
    path === undefined ? [] : boshIo.releases(path)
  ])
  const hasFile = atTag.status === 'fulfilled' && atTag.value !== undefined
  const entry =
    listed.status === 'fulfilled' ? listed.value.find(release => release.version === identity) : undefined
  if (hasFile || entry !== undefined) {
    return {
      seen: [...(hasFile ? [file] : []), ...(entry === undefined ? [] : [entry.url])],
      artefact: entry
    }
  }
  // That one of them has none says nothing while the other can't be asked.
  for (const asked of [atTag, listed]) if (asked.status === 'rejected') throw asked.reason
  return `no final release: neither its commit has releases/${name}/${name}-${identity}.yml, nor does bosh.io list it`
}

async function downloaded(
  { url, sha256 }: Artefact,
  evidence: Evidence,
  proved: Readonly<Record<string, string>>,
  { http }: Sources
): Promise<Proof> {
  if (sha256 === undefined) {
    const message = `${url}: found no SHA-256 of it, expected one to hold it against`
    return {
      kind: 'unknown',
      notTold: { reason: 'no-digest', message, hint: 'look at it, and pin it by hand' }
    }
  }
  const found = proved[url] ?? (await digestOf(url, http))
  if (found === undefined) return { kind: 'refused', why: `${url} is not there`, isAlarm: false }
  if (found !== sha256) {
    return { kind: 'refused', why: `${url} has SHA-256 ${found}, and ${sha256} was promised`, isAlarm: true }
  }
  return { kind: 'proved', evidence: { ...evidence, artefact: { url, sha256 } } }
}

async function digestOf(url: string, http: Sources['http']): Promise<string | undefined> {
  try {
    return (await http.digests(url)).sha256
  } catch (thrown) {
    if (thrown instanceof UpstreamError && thrown.reason === 'absent') return undefined
    throw thrown
  }
}
