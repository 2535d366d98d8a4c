import { FindingsError, type Finding } from '../core/finding.ts'
import { UserError } from '../core/errors.ts'
import { isRecord } from '../tools/table.ts'
import { readYaml } from './yaml-source.ts'

export interface NeededStemcell {
  readonly alias: string
  readonly os: string
  /** A version, or `latest`. */
  readonly version: string
}

/** What an interpolated manifest needs of its Director before it is deployed. */
export interface ManifestNeeds {
  readonly stemcells: readonly NeededStemcell[]
  /** Whether it brings bosh-dns as an addon of its own. */
  readonly bringsDns: boolean
}

/**
 * Reads what a manifest needs. Throws a FindingsError where a compiled release can't run on its stemcells: the Director takes
 * compiled packages for the same OS and the same first part of the version (bosh, version/stemcell_version.rb), and says so
 * only in mid-deploy ("… not compiled against stemcell …").
 */
export function manifestNeeds(text: string, file: string): ManifestNeeds {
  const { value, findings } = readYaml(text, file)
  if (findings.length > 0) throw new FindingsError(findings)
  const manifest = isRecord(value) ? value : {}
  const stemcells = listAt(manifest, 'stemcells').flatMap(readStemcell)
  if (stemcells.length === 0) {
    throw new UserError(
      'findings',
      `${file}: stemcells: found none with os and version, expected at least one`,
      {
        hint: 'look at the ops files that change stemcells'
      }
    )
  }
  const unfit = listAt(manifest, 'releases').flatMap((release, index) =>
    unfitRelease(release, index, stemcells, file)
  )
  if (unfit.length > 0) throw new FindingsError(unfit)
  const jobs = listAt(manifest, 'addons').flatMap(addon => listAt(addon, 'jobs'))
  return { stemcells, bringsDns: jobs.some(job => job['name'] === 'bosh-dns') }
}

type Entry = Readonly<Record<string, unknown>>

function listAt(holder: Entry, key: string): readonly Entry[] {
  const list = holder[key]
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function readStemcell({ alias, os, version }: Entry): NeededStemcell[] {
  const isNamed = typeof os === 'string' && (typeof version === 'string' || typeof version === 'number')
  return isNamed ? [{ alias: String(alias), os, version: String(version) }] : []
}

function unfitRelease(
  release: Entry,
  index: number,
  stemcells: readonly NeededStemcell[],
  file: string
): Finding[] {
  const single = release['stemcell']
  const from = [...(isRecord(single) ? [single] : []), ...listAt(release, 'exported_from')].flatMap(
    readStemcell
  )
  if (from.length === 0 || from.some(compiled => stemcells.some(stemcell => fits(compiled, stemcell))))
    return []
  const shown = (list: readonly NeededStemcell[]): string =>
    list.map(({ os, version }) => `${os} ${version}`).join(', ')
  return [
    {
      code: 'compiled-for-other-stemcell',
      severity: 'error',
      file,
      path: `releases[${index}]`,
      message: `found ${String(release['name'])} compiled for ${shown(from)}, expected it for ${shown(stemcells)}`,
      hint: 'leave out the ops file that brings compiled releases, or take a stemcell of the same line'
    }
  ]
}

function fits(compiled: NeededStemcell, { os, version }: NeededStemcell): boolean {
  return compiled.os === os && (version === 'latest' || lineOf(compiled.version) === lineOf(version))
}

function lineOf(version: string): string {
  return version.split('.', 1)[0] ?? version
}
