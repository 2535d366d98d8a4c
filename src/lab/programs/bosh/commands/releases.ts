import { readFileSync } from 'node:fs'
import { at, listAt, textAt, wordAt, type Value } from '../../../../manifest/value.ts'
import { absolute, argument, openingError } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Director } from '../director.ts'
import { isVersion } from '../go-version.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { text, version as versionCell } from '../values.ts'

export interface ReleaseUpload {
  /** `https://…`, `file://…`, or a path. */
  readonly url: string
  readonly name: string
  readonly version: string
  readonly sha1?: string
  /** `os/version`, for a release that is uploaded compiled. */
  readonly stemcell?: string
  readonly fix: boolean
  readonly rebase: boolean
}

/** `bosh releases` */
export async function releases(session: Session): Promise<void> {
  const director = await session.director()
  const series = await releaseSeries(director)
  session.ui.table({
    content: 'releases',
    header: columns('Name', 'Version', 'Commit Hash'),
    sortBy: [
      { column: 0, ascending: true },
      { column: 1, ascending: false }
    ],
    notes: ['(*) Currently deployed', '(+) Uncommitted changes'],
    rows: series.flatMap(release =>
      listAt(release, 'release_versions').map(entry => [
        text(textAt(release, 'name') ?? ''),
        versionCell(textAt(entry, 'version') ?? '', at(entry, 'currently_deployed') === true ? '*' : ''),
        text(`${textAt(entry, 'commit_hash') ?? ''}${at(entry, 'uncommitted_changes') === true ? '+' : ''}`)
      ])
    )
  })
}

/** `bosh upload-release` of a URL or a tarball. */
export async function uploadReleaseCommand(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const url = argument(session)
  if (url === '')
    throw new BoshError('Expected a release URL or tarball; the lab does not look for releases in a folder')
  const [sha1, stemcell] = [flags.text('sha1'), flags.text('stemcell')]
  await uploadRelease(session, director, {
    url,
    name: flags.text('name') ?? '',
    version: flags.text('version') ?? '',
    fix: flags.has('fix'),
    rebase: flags.has('rebase'),
    ...(sha1 === undefined ? {} : { sha1 }),
    ...(stemcell === undefined ? {} : { stemcell })
  })
}

/** Uploads a release unless the Director has it already. */
export async function uploadRelease(
  session: Session,
  director: Director,
  wanted: ReleaseUpload
): Promise<void> {
  const { url, name, version, stemcell, fix, rebase } = wanted
  if (!fix && (await hasRelease(director, name, version, stemcell))) {
    const what =
      stemcell === undefined ? `'${name}/${version}'` : `'${name}/${version}' for stemcell '${stemcell}'`
    session.ui.line(`Release ${what} already exists.`)
    return
  }
  const query = new URLSearchParams({
    ...(fix ? { fix: 'true' } : {}),
    ...(rebase ? { rebase: 'true' } : {})
  })
  const path = `/releases?${query.toString()}`
  if (!/^https?:\/\//.test(url)) {
    await uploadTarball(session, director, url.replace(/^file:\/\//, ''), path)
    return
  }
  const location = { location: url, ...(wanted.sha1 === undefined ? {} : { sha1: wanted.sha1 }) }
  await attempt(`Uploading remote release '${url}'`, () =>
    director.task('POST', path, { type: 'application/json', content: JSON.stringify(location) })
  )
}

async function uploadTarball(
  session: Session,
  director: Director,
  file: string,
  path: string
): Promise<void> {
  const content = readArchive(absolute(file, session.edge.cwd))
  await attempt('Uploading release file', () =>
    director.task('POST', path, { type: 'application/x-compressed', content })
  )
}

/** A file as bytes, or BOSH's words on why it can't be opened. */
export function readArchive(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (thrown) {
    throw openingError(path, thrown)
  }
}

/** Uploads a release that a manifest names by URL. */
export async function uploadManifestRelease(
  session: Session,
  director: Director,
  release: Value
): Promise<void> {
  const url = textAt(release, 'url') ?? ''
  if (url === '') return
  const name = textAt(release, 'name') ?? ''
  const version = wordAt(release, 'version') ?? ''
  if (!isVersion(version)) throw new BoshError(`Expected version '${version}' to match version format`)
  if (version === 'create') {
    throw new BoshError(
      `Release '${name}/create': the lab does not create releases, give a tarball's URL and its version`
    )
  }
  const from = listAt(release, 'exported_from')[0] ?? at(release, 'stemcell')
  const os = textAt(from, 'os')
  const sha1 = textAt(release, 'sha1')
  await attempt(`Uploading release '${name}/${version}'`, () =>
    uploadRelease(session, director, {
      url,
      name,
      version,
      fix: session.line.flags.has('fix-releases'),
      rebase: false,
      ...(sha1 === undefined ? {} : { sha1 }),
      ...(os === undefined ? {} : { stemcell: `${os}/${wordAt(from, 'version') ?? ''}` })
    })
  )
}

/** `bosh delete-release NAME[/VERSION]` */
export async function deleteRelease(session: Session): Promise<void> {
  const director = await session.director()
  await session.ui.confirm()
  const [name = '', version = ''] = argument(session).split('/')
  const known = (await releaseSeries(director)).find(release => textAt(release, 'name') === name)
  const versions = listAt(known, 'release_versions').map(entry => textAt(entry, 'version'))
  if (known === undefined || (version !== '' && !versions.includes(version))) {
    session.ui.line(`Release '${argument(session)}' does not exist.`)
    return
  }
  const query = new URLSearchParams({
    ...(version === '' ? {} : { version }),
    ...(session.line.flags.has('force') ? { force: 'true' } : {})
  })
  await attempt(`Deleting release or series '${name}[/${version}]'`, () =>
    director.task('DELETE', `/releases/${name}?${query.toString()}`)
  )
}

async function releaseSeries(director: Director): Promise<readonly Value[]> {
  const found = await attempt('Finding releases', () => director.get('/releases'))
  return Array.isArray(found) ? found : []
}

/** Whether the Director has the release in the form that is wanted: its source, or compiled for a stemcell. */
async function hasRelease(
  director: Director,
  name: string,
  version: string,
  stemcell: string | undefined
): Promise<boolean> {
  const series = (await releaseSeries(director)).find(release => textAt(release, 'name') === name)
  const known = listAt(series, 'release_versions').some(entry => textAt(entry, 'version') === version)
  if (!known) return false
  const release = await attempt(`Finding release '${name}/${version}'`, () =>
    director.get(`/releases/${name}?${new URLSearchParams({ version }).toString()}`)
  )
  const packages = listAt(release, 'packages')
  if (stemcell === undefined) return packages.every(entry => (textAt(entry, 'blobstore_id') ?? '') !== '')
  return packages.every(entry =>
    listAt(entry, 'compiled_packages').some(compiled => textAt(compiled, 'stemcell') === stemcell)
  )
}
