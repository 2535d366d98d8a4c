import { at, isMap, textAt, type Value } from '../../../../manifest/value.ts'
import { argument, readFileArgument } from '../arguments.ts'
import { attempt, BoshError, wrap } from '../bosh-error.ts'
import { showDiff } from '../diff.ts'
import { DirectorRefused, type Director } from '../director.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { evaluate } from '../template.ts'
import { text } from '../values.ts'
import { renderYaml } from '../../../../manifest/render-yaml.ts'
import { uploadReleases } from './deploy.ts'

/** `bosh configs` */
export async function configs(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const recent = Number(flags.text('recent') ?? '1')
  const query = new URLSearchParams({ latest: String(recent === 1), limit: String(recent) })
  for (const key of ['name', 'type']) {
    const value = flags.text(key) ?? ''
    if (value !== '') query.set(key, value)
  }
  query.sort()
  const found = await attempt('Listing configs', () => director.get(`/configs?${query.toString()}`))
  const all = Array.isArray(found) ? found : []
  const isCurrent = (config: Value): boolean => at(config, 'current') === true
  session.ui.table({
    content: 'configs',
    header: columns('ID', 'Type', 'Name', 'Team', 'Created At'),
    notes: [
      ...(all.some(isCurrent) ? ['(*) Currently active'] : []),
      ...(recent <= 1
        ? ['Only showing active configs. To see older versions use the --recent=10 option.']
        : [])
    ],
    rows: all.map(config => [
      text(`${textAt(config, 'id') ?? ''}${isCurrent(config) ? '*' : ''}`),
      ...['type', 'name', 'team', 'created_at'].map(key => text(textAt(config, key) ?? ''))
    ])
  })
}

/** `bosh config`: one config, by its id or by type and name. */
export async function config(session: Session): Promise<void> {
  const director = await session.director()
  const chosen = choiceOf(session)
  showConfig(session, 'id' in chosen ? await byId(director, chosen.id) : await latest(director, chosen))
}

/** `bosh update-config` */
export async function updateConfig(session: Session): Promise<void> {
  const { flags } = session.line
  const given = await readFileArgument(session, argument(session))
  const director = await session.director()
  const [type, name] = [flags.text('type') ?? '', flags.text('name') ?? '']
  const content = renderYaml(await evaluated(session, given, 'Evaluating config'))
  const diff = await fetchDiff(director, '/configs/diff', {
    type: 'application/json',
    content: JSON.stringify({ type, name, content })
  })
  showDiff(session.ui, diff)
  await session.ui.confirm()
  const expected = flags.text('expected-latest-id') ?? textAt(diff, 'from', 'id') ?? ''
  const body = { type, name, content, ...(expected === '' ? {} : { expected_latest_id: expected }) }
  showConfig(session, await postConfig(director, body))
}

/** `bosh delete-config`: done also where there is none. */
export async function deleteConfig(session: Session): Promise<void> {
  const director = await session.director()
  const chosen = choiceOf(session)
  await session.ui.confirm()
  const path = 'id' in chosen ? `/configs/${chosen.id}` : `/configs?${new URLSearchParams(chosen).toString()}`
  try {
    await director.raw('DELETE', path)
  } catch (thrown) {
    if (!(thrown instanceof DirectorRefused) || thrown.status !== 404) throw wrap(thrown, 'Deleting config')
    const what = 'id' in chosen ? `id '${chosen.id}'` : `type '${chosen.type}' and name '${chosen.name}'`
    session.ui.line(`No configs to delete: no matches for ${what} found.`)
  }
}

/** `bosh cloud-config` */
export async function cloudConfig(session: Session): Promise<void> {
  const director = await session.director()
  const [found] = await latestOf(director, 'cloud', session.line.flags.text('name') ?? '')
  if (found === undefined) throw new BoshError('No cloud config')
  session.ui.block(textAt(found, 'properties') ?? '')
}

/** `bosh runtime-config` */
export async function runtimeConfig(session: Session): Promise<void> {
  const director = await session.director()
  const name = session.line.flags.text('name') ?? ''
  const [found] = await latestOf(director, 'runtime', name)
  if (found === undefined) {
    throw new BoshError(name === '' ? 'No default runtime config' : `No runtime config with name '${name}'`)
  }
  session.ui.block(textAt(found, 'properties') ?? '')
}

/** `bosh update-cloud-config` */
export async function updateCloudConfig(session: Session): Promise<void> {
  const given = await readFileArgument(session, argument(session))
  const director = await session.director()
  await updateNamed(session, director, 'cloud', await evaluated(session, given, 'Evaluating cloud config'))
}

/** `bosh update-runtime-config`; releases that it names by URL are uploaded. */
export async function updateRuntimeConfig(session: Session): Promise<void> {
  const given = await readFileArgument(session, argument(session))
  const director = await session.director()
  await updateNamed(
    session,
    director,
    'runtime',
    await evaluated(session, given, 'Evaluating runtime config')
  )
}

async function updateNamed(
  session: Session,
  director: Director,
  kind: 'cloud' | 'runtime',
  document: Value
): Promise<void> {
  const { flags } = session.line
  const name = new URLSearchParams({ name: flags.text('name') ?? '' }).toString()
  const redact = kind === 'runtime' && flags.has('no-redact') ? '&redact=false' : ''
  const body = { type: 'text/yaml' as const, content: renderYaml(document) }
  showDiff(session.ui, await fetchDiff(director, `/${kind}_configs/diff?${name}${redact}`, body))
  if (kind === 'runtime') await uploadReleases(session, director, document)
  await session.ui.confirm()
  await attempt(`Updating ${kind} config`, () => director.raw('POST', `/${kind}_configs?${name}`, body))
}

async function evaluated(session: Session, given: string, attempted: string): Promise<Value> {
  return attempt(attempted, async () => (await evaluate(session, given)).document)
}

/** A Director that knows no differences shows none. */
async function fetchDiff(
  director: Director,
  path: string,
  body: Parameters<Director['post']>[1]
): Promise<Value> {
  try {
    return await director.post(path, body)
  } catch (thrown) {
    if (thrown instanceof DirectorRefused && thrown.status === 404) return {}
    throw wrap(thrown, 'Fetching diff result')
  }
}

async function postConfig(director: Director, body: Readonly<Record<string, string>>): Promise<Value> {
  try {
    return await director.post('/configs', { type: 'application/json', content: JSON.stringify(body) })
  } catch (thrown) {
    if (!(thrown instanceof DirectorRefused) || thrown.status !== 412) throw wrap(thrown, 'Updating config')
    const answer = JSON.parse(thrown.body) as Value
    const [expected, found] = [textAt(answer, 'expected_latest_id') ?? '', textAt(answer, 'latest_id') ?? '']
    throw new BoshError(
      `Config update rejected: The expected latest ID '${expected}' doesn't match the latest ID '${found}'. This most likely means that a concurrent update of the config happened. Please try to upload again.`
    )
  }
}

async function latestOf(
  director: Director,
  kind: 'cloud' | 'runtime',
  name: string
): Promise<readonly Value[]> {
  const query = new URLSearchParams({ limit: '1', name }).toString()
  const found = await attempt(`Finding ${kind} configs`, () => director.get(`/${kind}_configs?${query}`))
  return Array.isArray(found) ? found : []
}

async function latest(
  director: Director,
  chosen: { readonly type: string; readonly name: string }
): Promise<Value> {
  const query = new URLSearchParams({ latest: 'true', limit: '1', name: chosen.name, type: chosen.type })
  const found = await attempt('Finding config', () => director.get(`/configs?${query.toString()}`))
  const [first] = Array.isArray(found) ? found : []
  if (first === undefined) throw new BoshError('No config')
  return first
}

async function byId(director: Director, id: string): Promise<Value> {
  try {
    return await director.get(`/configs/${id}`)
  } catch (thrown) {
    const isMissing = thrown instanceof DirectorRefused && thrown.status === 404
    throw wrap(thrown, isMissing ? 'No config' : 'Finding config')
  }
}

function choiceOf(
  session: Session
): { readonly id: string } | { readonly type: string; readonly name: string } {
  const id = argument(session)
  const [type, name] = [session.line.flags.text('type') ?? '', session.line.flags.text('name') ?? '']
  if (id === '' && type === '' && name === '') {
    throw new BoshError('Either <ID> or parameters --type and --name must be provided')
  }
  if (id !== '' && (type !== '' || name !== '')) {
    throw new BoshError(`Can only specify one of ID or parameters '--type' and '--name'`)
  }
  if (id === '' && (type === '' || name === '')) {
    throw new BoshError(`Need to specify both parameters '--type' and '--name'`)
  }
  return id === '' ? { type, name } : { id }
}

function showConfig(session: Session, found: Value): void {
  if (!isMap(found)) throw new BoshError('No config')
  session.ui.table({
    content: 'config',
    header: columns('ID', 'Type', 'Name', 'Created At', 'Content'),
    notes: [],
    fillFirstColumn: true,
    transpose: true,
    rows: [['id', 'type', 'name', 'created_at', 'content'].map(key => text(textAt(found, key) ?? ''))]
  })
}
