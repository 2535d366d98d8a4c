import { createHash } from 'node:crypto'
import { UserError } from '../core/errors.ts'
import { releaseVersion } from '../core/version.ts'
import type { Files } from '../tools/files.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { readTree, type Tree } from '../tools/tree.ts'
import { customizedVersion } from './upstream-version.ts'

/** What Causeway lays over upstream's release. */
export interface Overlay {
  /** `jobs/…`, from the root of the release. */
  readonly files: Tree
  /** Counts the overlays that there were; the n of `+silk.n`. */
  readonly revision: number
}

/** Reads `release/`: its jobs, and `revision.json`, which says how often they changed and what they are. */
export async function readOverlay(files: Files, folder: string): Promise<Overlay> {
  const tree = await readJobs(folder)
  const known = await knownRevision(files, folder)
  if (known?.digest === digestOf(tree)) return { files: tree, revision: known.revision }
  throw new UserError(
    'findings',
    `${folder}/revision.json: found ${JSON.stringify(known)}, expected the digest ${digestOf(tree)}`,
    { hint: 'run npm run docs, which counts the revision: what has another content has another version' }
  )
}

/**
 * The version that the customized release of this version of upstream has, with the overlay in `folder`: `0.44.0+silk.1`.
 * Throws a FindingsError where upstream's is none.
 */
export async function customizedRelease(files: Files, folder: string, upstream: string): Promise<string> {
  const version = releaseVersion(upstream, 'kubo-release')
  return customizedVersion(version, (await readOverlay(files, folder)).revision)
}

/** The text of `revision.json` for the jobs as they are now: one more where they changed. */
export async function countedRevision(files: Files, folder: string): Promise<string> {
  const digest = digestOf(await readJobs(folder))
  const known = await knownRevision(files, folder)
  const revision = known === undefined ? 1 : known.digest === digest ? known.revision : known.revision + 1
  return `{ "revision": ${revision}, "digest": "${digest}" }\n`
}

interface Revision {
  readonly revision: number
  readonly digest: string
}

async function knownRevision(files: Files, folder: string): Promise<Revision | undefined> {
  const found = parseJson((await files.readTextIfAny(`${folder}/revision.json`)) ?? '')
  if (!isRecord(found)) return undefined
  const { revision, digest } = found
  if (!Number.isSafeInteger(revision) || typeof revision !== 'number' || revision < 1) return undefined
  return typeof digest === 'string' ? { revision, digest } : undefined
}

async function readJobs(folder: string): Promise<Tree> {
  return readTree(folder, path => path !== 'jobs' && !path.startsWith('jobs/'))
}

/** Of names and contents, in the order of the names. Modes are none of a release: the agent makes what lies in `bin/` executable. */
function digestOf(tree: Tree): string {
  const hash = createHash('sha256')
  for (const [path, { content }] of tree) {
    hash.update(`${path}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}
