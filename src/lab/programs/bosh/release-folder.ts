import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readYaml } from '../../../manifest/read-yaml.ts'
import { at, isMap, textAt, textsAt } from '../../../manifest/value.ts'
import { writeTgz } from '../../director/tar.ts'
import { openingError } from './arguments.ts'
import { BoshError } from './bosh-error.ts'

/** A job or a package, packed. */
export interface Part {
  readonly name: string
  readonly fingerprint: string
  readonly archive: Buffer
  /** `sha256:…` of the archive. */
  readonly digest: string
  /** Packages that it needs. */
  readonly needs: readonly string[]
}

export interface ReleaseParts {
  readonly name: string
  readonly jobs: readonly Part[]
  readonly packages: readonly Part[]
}

/** Packs what a release's folder has: jobs whole, and of packages what they are made by, for the lab compiles nothing. */
export function packRelease(folder: string): ReleaseParts {
  const final = readYaml(read(join(folder, 'config/final.yml')).toString())
  const packageFolders = foldersIn(join(folder, 'packages'))
  refuseWithoutSources(folder, packageFolders)
  const packages = packageFolders.map(path => {
    // A vendored package has a `spec.lock` alone, which names a build of another release.
    const names = readdirSync(path).filter(name => name === 'spec' || name === 'spec.lock')
    const [name = 'spec'] = names
    const spec = read(join(path, name))
    const needs = textsAt(readYaml(spec.toString()), 'dependencies')
    return packed(path, { [name]: spec, packaging: readIfAny(join(path, 'packaging')) }, needs)
  })
  const known = new Set(packages.map(({ name }) => name))
  const jobs = foldersIn(join(folder, 'jobs')).map(path => packJob(path, known))
  return { name: textAt(final, 'name') ?? textAt(final, 'final_name') ?? '', jobs, packages }
}

/** Every package is looked for in `src`, whatever files it names (bosh-cli v7, release/pkg/dir_reader.go). */
function refuseWithoutSources(folder: string, packages: readonly string[]): void {
  const sources = join(folder, 'src')
  if (packages.length === 0 || statSync(sources, { throwIfNoEntry: false }) !== undefined) return
  const cause = `Unexpected error occurred: lstat ${sources}: no such file or directory`
  const causes = packages.map(
    path =>
      new BoshError(`Reading package from '${path}'`, [
        new BoshError('Collecting package files', [new BoshError(cause)])
      ])
  )
  throw new BoshError('', [
    new BoshError('Constructing packages from directory', [new BoshError('', causes)])
  ])
}

/** The spec becomes the job's manifest, and only templates that it names come along (bosh-cli v7, release/job/dir_reader.go). */
function packJob(path: string, packages: ReadonlySet<string>): Part {
  const text = read(join(path, 'spec'))
  const spec = readYaml(text.toString())
  const needs = textsAt(spec, 'packages')
  const missing = needs.find(name => !packages.has(name))
  if (missing !== undefined) {
    const name = textAt(spec, 'name') ?? ''
    const cause = `Expected to find package '${missing}' since it's a dependency of job '${name}'`
    throw new BoshError('', [
      new BoshError('Constructing jobs from manifest', [new BoshError('', [new BoshError(cause)])])
    ])
  }
  const named = at(spec, 'templates')
  const templates = isMap(named) ? Object.keys(named) : []
  const files = Object.fromEntries(
    templates.map(name => [`templates/${name}`, read(join(path, 'templates', name))])
  )
  return packed(path, { 'job.MF': text, monit: readIfAny(join(path, 'monit')), ...files }, needs)
}

function packed(path: string, files: Readonly<Record<string, Buffer>>, needs: readonly string[]): Part {
  const hash = createHash('sha256')
  for (const [name, content] of Object.entries(files))
    hash.update(`${name}\0${content.length}\0`).update(content)
  const archive = writeTgz(files)
  return { name: basename(path), fingerprint: hash.digest('hex'), archive, digest: digestOf(archive), needs }
}

function foldersIn(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return []
  const entries = readdirSync(path, { withFileTypes: true }).filter(entry => entry.isDirectory())
  return entries.map(({ name }) => join(path, name)).sort()
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (thrown) {
    throw openingError(path, thrown)
  }
}

function readIfAny(path: string): Buffer {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? Buffer.alloc(0) : read(path)
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
