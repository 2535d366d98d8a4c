import { listAt, textAt, type Value } from '../../../../manifest/value.ts'
import { absolute, argument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Director } from '../director.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { text, version as versionCell } from '../values.ts'
import { readArchive } from './releases.ts'

/** `bosh stemcells` */
export async function stemcells(session: Session): Promise<void> {
  const director = await session.director()
  session.ui.table({
    content: 'stemcells',
    header: columns('Name', 'Version', 'OS', 'CPI', 'CID'),
    sortBy: [
      { column: 0, ascending: true },
      { column: 1, ascending: false }
    ],
    notes: ['(*) Currently deployed'],
    rows: (await all(director)).map(stemcell => [
      text(textAt(stemcell, 'name') ?? ''),
      versionCell(textAt(stemcell, 'version') ?? '', listAt(stemcell, 'deployments').length > 0 ? '*' : ''),
      text(textAt(stemcell, 'operating_system') ?? ''),
      text(textAt(stemcell, 'cpi') ?? ''),
      text(textAt(stemcell, 'cid') ?? '')
    ])
  })
}

/** `bosh upload-stemcell` of a URL or a tarball. */
export async function uploadStemcell(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const given = argument(session)
  const path = `/stemcells?${flags.has('fix') ? 'fix=true' : ''}`
  if (!/^https?:\/\//.test(given)) {
    const content = readArchive(absolute(given.replace(/^file:\/\//, ''), session.edge.cwd))
    await attempt('Uploading stemcell file', () =>
      director.task('POST', path, { type: 'application/x-compressed', content })
    )
    return
  }
  const name = flags.text('name') ?? ''
  const version = flags.text('version') ?? ''
  if (!flags.has('fix') && !(await isNeeded(director, name, version))) {
    session.ui.line(`Stemcell '${name}/${version}' already exists.`)
    return
  }
  const sha1 = flags.text('sha1')
  const location = { location: given, ...(sha1 === undefined ? {} : { sha1 }) }
  await attempt(`Uploading remote stemcell '${given}'`, () =>
    director.task('POST', path, { type: 'application/json', content: JSON.stringify(location) })
  )
}

/** `bosh delete-stemcell NAME/VERSION`: done also where it went in spite of an error. */
export async function deleteStemcell(session: Session): Promise<void> {
  const director = await session.director()
  const [name = '', version = ''] = argument(session).split('/')
  if (version === '') throw new BoshError(`Expected stemcell '${name}' to be in format 'name/version'`)
  await session.ui.confirm()
  const query = session.line.flags.has('force') ? 'force=true' : ''
  try {
    await attempt(`Deleting stemcell '${name}/${version}'`, () =>
      director.task('DELETE', `/stemcells/${name}/${version}?${query}`)
    )
  } catch (thrown) {
    const left = (await all(director)).some(
      stemcell => textAt(stemcell, 'name') === name && textAt(stemcell, 'version') === version
    )
    if (left) throw thrown
  }
}

async function all(director: Director): Promise<readonly Value[]> {
  const found = await attempt('Finding stemcells', () => director.get('/stemcells'))
  return Array.isArray(found) ? found : []
}

async function isNeeded(director: Director, name: string, version: string): Promise<boolean> {
  const answer = await attempt('Finding stemcells', () =>
    director.post('/stemcell_uploads', {
      type: 'application/json',
      content: JSON.stringify({ stemcell: { name, version } })
    })
  )
  return typeof answer === 'object' && answer !== null && 'needed' in answer && answer['needed'] === true
}
