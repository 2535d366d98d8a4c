import { createHash } from 'node:crypto'
import { readYaml } from '../../manifest/read-yaml.ts'
import { at, listAt, textAt, type Value } from '../../manifest/value.ts'
import { DirectorError } from './director-error.ts'
import type { JobSpec, LinkSpec, PackageRecord, ReleaseRecord } from './model.ts'
import { readTgz, type TarFiles } from './tar.ts'

/** What is known of a stemcell before the cloud has it. */
export interface StemcellInfo {
  readonly name: string
  readonly os: string
  readonly version: string
}

/**
 * The stemcell that a well-known address names, without fetching it: bosh.io's (`/d/stemcells/<name>?v=<version>`), and those of the
 * bucket that bosh.io leads to, which old addresses have in the name of the host. Undefined for any other address.
 */
export function stemcellAt(url: string): StemcellInfo | undefined {
  const [, name, version] =
    /^https:\/\/bosh\.io\/d\/stemcells\/([\w-]+)\?v=([\d.]+)$/.exec(url) ?? bucketStemcell(url) ?? []
  return name === undefined || version === undefined ? undefined : { name, version, os: osOf(name) }
}

function bucketStemcell(url: string): readonly string[] | undefined {
  const [, version, iaas, rest] =
    /\/bosh-core-stemcells(?:\.[\w.-]+)?\/([\d.]+)\/(?:light-)?bosh-stemcell-[\d.]+-(.+)-(ubuntu-\w+(?:-go_agent)?)\.tgz$/.exec(
      url
    ) ?? []
  return version === undefined ? undefined : [url, `bosh-${iaas ?? ''}-${rest ?? ''}`, version]
}

/** `bosh-google-kvm-ubuntu-xenial-go_agent` has the operating system `ubuntu-xenial`. */
function osOf(name: string): string {
  return /((?:ubuntu|centos|windows)-?[\w.]+?)(?:-go_agent)?$/.exec(name)?.[1] ?? name
}

/** The stemcell in an uploaded archive. Throws the Director's errors. */
export function readStemcellArchive(archive: Buffer): StemcellInfo {
  const manifest = readTgz(archive)?.get('stemcell.MF')
  if (manifest === undefined) {
    throw new DirectorError(50000, 'Extracting stemcell archive failed. Check task debug log for details.')
  }
  const read = readYaml(manifest.toString())
  const name = textAt(read, 'name') ?? ''
  return { name, os: textAt(read, 'operating_system') ?? name, version: plain(at(read, 'version')) }
}

/** Releases whose names differ from those of their repositories. */
const renamed: Readonly<Record<string, string>> = { 'cf-routing': 'routing', 'docker-bosh': 'docker' }

/**
 * The release that a well-known address names, without fetching it: bosh.io's (`/d/github.com/<org>/<repository>?v=<version>`), and
 * compiled ones (`…/<name>-<version>-<os>-<stemcell version>….tgz`) of any bucket. Undefined for any other address.
 */
export function releaseAt(url: string): ReleaseRecord | undefined {
  const [, repository, sourceVersion] =
    /^https:\/\/bosh\.io\/d\/github\.com\/[\w.-]+\/([\w.-]+)\?v=([\w.+-]+)$/.exec(url) ?? []
  if (repository !== undefined && sourceVersion !== undefined) {
    const short = repository.replace(/-?(?:bosh-?)?release$/, '')
    return openRelease(renamed[short] ?? short, sourceVersion, [])
  }
  const [, name, version, os, stemcell] =
    /^https:\/\/.+\/([a-z][\w-]*?)-(\d[\w.+]*)-(ubuntu-[a-z]+)-(\d+(?:\.\d+)*)[\w.-]*\.tgz(?:\?.*)?$/.exec(
      url
    ) ?? []
  if (name === undefined || version === undefined) return undefined
  return openRelease(name, version, [`${os ?? ''}/${stemcell ?? ''}`])
}

function openRelease(name: string, version: string, compiledFor: readonly string[]): ReleaseRecord {
  const fingerprint = createHash('sha1').update(`${name}/${version}`).digest('hex')
  return {
    name,
    version,
    commitHash: fingerprint.slice(0, 7),
    uncommittedChanges: false,
    jobs: [],
    packages: [{ name, fingerprint, hasSource: compiledFor.length === 0, compiledFor }],
    isOpen: true
  }
}

/** The release in an uploaded archive, with the links and errands of its jobs. Throws the Director's errors. */
export function readReleaseArchive(archive: Buffer): ReleaseRecord {
  const files = readTgz(archive)
  if (files === undefined) {
    throw new DirectorError(30002, 'Extracting release archive failed. Check task debug log for details.')
  }
  const manifestFile = files.get('release.MF')
  if (manifestFile === undefined) throw new DirectorError(30003, 'Release manifest not found')
  const manifest = readYaml(manifestFile.toString())
  return {
    name: textAt(manifest, 'name') ?? '',
    version: plain(at(manifest, 'version')),
    commitHash: textAt(manifest, 'commit_hash') ?? '',
    uncommittedChanges: at(manifest, 'uncommitted_changes') === true,
    jobs: listAt(manifest, 'jobs').map(job => readJob(job, files)),
    packages: [
      ...listAt(manifest, 'packages').map(entry => readPackage(entry)),
      ...listAt(manifest, 'compiled_packages').map(entry => readPackage(entry, textAt(entry, 'stemcell')))
    ],
    isOpen: false
  }
}

function readPackage(entry: Value, compiledFor?: string): PackageRecord {
  return {
    name: textAt(entry, 'name') ?? '',
    fingerprint: plain(at(entry, 'fingerprint')),
    hasSource: compiledFor === undefined,
    compiledFor: compiledFor === undefined ? [] : [compiledFor]
  }
}

function readJob(entry: Value, files: TarFiles): JobSpec {
  const name = textAt(entry, 'name') ?? ''
  const archive = files.get(`jobs/${name}.tgz`)
  if (archive === undefined) {
    throw new DirectorError(
      80000,
      `Extracting job archive for '${name}' failed. Check task debug log for details.`
    )
  }
  const specFile = readTgz(archive)?.get('job.MF')
  if (specFile === undefined) throw new DirectorError(80001, `Missing job manifest for '${name}'`)
  const spec = readYaml(specFile.toString())
  const templates = Object.values((at(spec, 'templates') ?? {}) as Record<string, Value>)
  return {
    name,
    fingerprint: plain(at(entry, 'fingerprint')),
    provides: listAt(spec, 'provides').map(readLink),
    consumes: listAt(spec, 'consumes').map(readLink),
    packages: listAt(spec, 'packages').flatMap(each => (typeof each === 'string' ? [each] : [])),
    isErrand: templates.includes('bin/run')
  }
}

function readLink(entry: Value): LinkSpec {
  const name = textAt(entry, 'name') ?? ''
  const link = { name, type: textAt(entry, 'type') ?? name }
  return at(entry, 'optional') === true ? { ...link, optional: true } : link
}

function plain(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
