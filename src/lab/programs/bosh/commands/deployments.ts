import { listAt, textAt, textsAt, type Value } from '../../../../manifest/value.ts'
import { attempt } from '../bosh-error.ts'
import type { Director } from '../director.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { lines, text } from '../values.ts'

/** `bosh deployments` */
export async function deployments(session: Session): Promise<void> {
  const director = await session.director()
  const found = await attempt('Finding deployments', () => director.get('/deployments?exclude_configs=true'))
  session.ui.table({
    content: 'deployments',
    header: columns('Name', 'Release(s)', 'Stemcell(s)', 'Team(s)'),
    sortBy: [{ column: 0, ascending: true }],
    rows: (Array.isArray(found) ? found : []).map(deployment => [
      text(textAt(deployment, 'name') ?? ''),
      lines(slugs(deployment, 'releases')),
      lines(slugs(deployment, 'stemcells')),
      lines(textsAt(deployment, 'teams'))
    ])
  })
}

/** `bosh manifest`: the manifest as it was deployed. */
export async function manifest(session: Session): Promise<void> {
  const { director, name } = await session.deployment()
  const found = await attempt('Fetching manifest', () =>
    attempt(`Finding deployment '${name}'`, () => director.get(`/deployments/${name}`))
  )
  session.ui.block(textAt(found, 'manifest') ?? '')
}

/** `bosh delete-deployment`: done also where there is no such deployment, or where it went in spite of an error. */
export async function deleteDeployment(session: Session): Promise<void> {
  const { director, name } = await session.deployment()
  await session.ui.confirm()
  const query = session.line.flags.has('force') ? 'force=true' : ''
  try {
    await attempt(`Deleting deployment '${name}'`, () =>
      director.task('DELETE', `/deployments/${name}?${query}`)
    )
  } catch (thrown) {
    if ((await namesOf(director)).includes(name)) throw thrown
  }
}

/** `bosh variables`: where CredHub has the values of a deployment's variables. */
export async function variables(session: Session): Promise<void> {
  const { director, name } = await session.deployment()
  const found = await attempt(`Error fetching variables for deployment '${name}'`, () =>
    director.get(`/deployments/${name}/variables`)
  )
  session.ui.table({
    content: 'variables',
    header: columns('ID', 'Name'),
    sortBy: [{ column: 1, ascending: true }],
    rows: (Array.isArray(found) ? found : []).map(variable => [
      text(textAt(variable, 'id') ?? ''),
      text(textAt(variable, 'name') ?? '')
    ])
  })
}

/** Names of all deployments of a Director. */
export async function namesOf(director: Director): Promise<string[]> {
  const found = await attempt('Finding deployments', () => director.get('/deployments'))
  return (Array.isArray(found) ? found : []).map(deployment => textAt(deployment, 'name') ?? '')
}

function slugs(deployment: Value, key: string): string[] {
  return listAt(deployment, key).map(
    entry => `${textAt(entry, 'name') ?? ''}/${textAt(entry, 'version') ?? ''}`
  )
}
