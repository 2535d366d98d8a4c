import { at, isMap, listAt, textAt, wordAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import type { CommandLine } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { sortKeys } from '../common/sort-keys.ts'
import { createClient, type Client } from './client.ts'
import { fileOrText } from './config.ts'
import { credentialOf, print } from './output.ts'
import { CredhubError } from './credhub-error.ts'

export type Command = (edge: ProgramEdge, line: CommandLine) => Promise<void>

const redacted = '<redacted>'

/** `credhub get`: one credential, its value alone (`-q`), one field of it (`-k`), or several versions. */
export const get: Command = async (edge, { flags }) => {
  const client = await createClient(edge)
  const [name, id] = [flags.text('name') ?? '', flags.text('id') ?? '']
  const versions = Number(flags.text('versions') ?? '0')
  const json = flags.has('output-json')
  if (versions !== 0) {
    await getVersions(edge, client, name, versions, { json, quiet: flags.has('quiet') })
    return
  }
  if (name === '') {
    throw new CredhubError(
      id === ''
        ? 'A name or ID must be provided. Please update and retry your request.'
        : 'The lab does not look for credentials by their ID.'
    )
  }
  const [found] = listAt(await client.request('GET', { current: 'true', name }), 'data')
  if (found === undefined) throw new CredhubError('response did not contain any credentials')
  const value = at(found, 'value') ?? null
  const key = flags.text('key') ?? ''
  if (key !== '') {
    // A field that is not there prints nothing, and that is no failure.
    const field = isMap(value) ? (value[key] ?? null) : null
    if (field !== null) printValue(edge, json, field)
  } else if (flags.has('quiet')) {
    if (json) throw new CredhubError('The --output-json flag and --quiet flag are incompatible.')
    printValue(edge, json, value)
  } else {
    print(edge, json, credentialOf(found, { json }))
  }
}

async function getVersions(
  edge: ProgramEdge,
  client: Client,
  name: string,
  versions: number,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean }
): Promise<void> {
  if (name === '')
    throw new CredhubError('A name or ID must be provided. Please update and retry your request.')
  const found = listAt(await client.request('GET', { name, versions: String(versions) }), 'data')
  const shown = found.map(entry =>
    quiet ? sortKeys(at(entry, 'value') ?? null) : credentialOf(entry, { json })
  )
  print(edge, json, { versions: shown })
}

/** `credhub find`: names, by a part of them or by their path; a part that no name has is a failure. */
export const find: Command = async (edge, { flags }) => {
  const client = await createClient(edge)
  const part = flags.text('name-like') ?? ''
  const found = await client.request(
    'GET',
    part === '' ? { path: flags.text('path') ?? '' } : { 'name-like': part }
  )
  const credentials = listAt(found, 'credentials').map(entry => ({
    name: textAt(entry, 'name') ?? '',
    version_created_at: textAt(entry, 'version_created_at') ?? ''
  }))
  if (part !== '' && credentials.length === 0) {
    throw new CredhubError('No credentials exist which match the provided parameters.')
  }
  print(edge, flags.has('output-json'), { credentials })
}

/** `credhub set` */
export const set: Command = async (edge, { flags }) => {
  const client = await createClient(edge)
  const type = (flags.text('type') ?? '').toLowerCase()
  if (type === '') {
    throw new CredhubError(
      "A type must be specified when setting a credential. Valid types include 'value', 'json', 'password', 'user', 'certificate', 'ssh' and 'rsa'."
    )
  }
  const text = (long: string): string => flags.text(long) ?? ''
  const file = (long: string): string => fileOrText(edge, text(long))
  const values: Readonly<Record<string, () => Promise<Value> | Value>> = {
    password: async () => text('password') || (await prompt(edge, 'password: ')),
    user: async () => ({
      username: text('username'),
      password: text('password') || (await prompt(edge, 'password: '))
    }),
    certificate: () => ({
      ca: file('root'),
      certificate: file('certificate'),
      private_key: file('private'),
      ...(text('ca-name') === '' ? {} : { ca_name: text('ca-name') })
    }),
    ssh: () => ({ public_key: file('public'), private_key: file('private') }),
    rsa: () => ({ public_key: file('public'), private_key: file('private') }),
    json: async () => JSON.parse(text('value') || (await prompt(edge, 'value: '))) as Value,
    value: async () => text('value') || (await prompt(edge, 'value: '))
  }
  const value = await (values[type] ?? (() => text('value')))()
  const body: ValueMap = { name: text('name'), type, value, ...metadataOf(text('metadata')) }
  await showRedacted(edge, flags.has('output-json'), await client.request('PUT', {}, body))
}

/** `credhub generate` */
export const generate: Command = async (edge, { flags }) => {
  const client = await createClient(edge)
  const type = (flags.text('type') ?? '').toLowerCase()
  if (type === '') {
    throw new CredhubError(
      "A type must be specified when generating a credential. Valid types include 'password', 'user', 'certificate', 'ssh' and 'rsa'."
    )
  }
  const username = flags.text('username') ?? ''
  if (type !== 'user' && username !== '') {
    throw new CredhubError('Username parameter is not valid for this credential type.')
  }
  const body: ValueMap = {
    name: flags.text('name') ?? '',
    type,
    ...(username === '' ? {} : { value: { username } }),
    parameters: parametersOf({ flags }),
    overwrite: !flags.has('no-overwrite'),
    ...metadataOf(flags.text('metadata') ?? '')
  }
  await showRedacted(edge, flags.has('output-json'), await client.request('POST', {}, body))
}

/** Names that a flag has and a parameter of CredHub's API (credhub-cli, models/generation_parameters.go). */
const parameterNames: Readonly<Record<string, string>> = {
  'include-special': 'include_special',
  'exclude-number': 'exclude_number',
  'exclude-upper': 'exclude_upper',
  'exclude-lower': 'exclude_lower',
  length: 'length',
  'common-name': 'common_name',
  organization: 'organization',
  'organization-unit': 'organization_unit',
  locality: 'locality',
  state: 'state',
  country: 'country',
  'alternative-name': 'alternative_names',
  'key-usage': 'key_usage',
  'ext-key-usage': 'extended_key_usage',
  'key-length': 'key_length',
  duration: 'duration',
  ca: 'ca',
  'self-sign': 'self_sign',
  'is-ca': 'is_ca',
  'ssh-comment': 'ssh_comment'
}
const numbers: ReadonlySet<string> = new Set(['length', 'key-length', 'duration'])
const lists: ReadonlySet<string> = new Set(['alternative-name', 'key-usage', 'ext-key-usage'])

function parametersOf({ flags }: Pick<CommandLine, 'flags'>): ValueMap {
  const given = Object.entries(parameterNames).filter(([long]) => flags.isGiven(long))
  return Object.fromEntries(
    given.map(([long, name]): [string, Value] => {
      if (lists.has(long)) return [name, [...flags.list(long)]]
      const text = flags.text(long) ?? ''
      if (numbers.has(long)) return [name, Number(text)]
      return [name, text === 'true' ? true : text]
    })
  )
}

/** `credhub delete`: one credential, or all under a path, one after the other. */
export const remove: Command = async (edge, { flags }) => {
  const client = await createClient(edge)
  const [name, path] = [flags.text('name') ?? '', flags.text('path') ?? '']
  if (name !== '') {
    await client.request('DELETE', { name })
    edge.out('Credential successfully deleted\n')
    return
  }
  if (path === '') {
    throw new CredhubError('A name or path must be provided. Please update and retry your request.')
  }
  await removePath(edge, client, path, flags.has('quiet'))
}

async function removePath(edge: ProgramEdge, client: Client, path: string, quiet: boolean): Promise<void> {
  const found = listAt(await client.request('GET', { path }), 'credentials')
  const failed: { name: string; err: string }[] = []
  for (const [index, entry] of found.entries()) {
    const name = textAt(entry, 'name') ?? ''
    try {
      await client.request('DELETE', { name })
    } catch (thrown) {
      if (!(thrown instanceof CredhubError)) throw thrown
      failed.push({ name, err: thrown.message })
    }
    const done = index + 1 - failed.length
    if (!quiet) edge.out(`\u001b[2K\r${done} out of ${found.length} credentials ${successfully}\n`)
  }
  const done = found.length - failed.length
  if (quiet) {
    const all = failed.length === 0 ? 'All ' : ''
    edge.out(`${all}${done} out of ${found.length} credentials ${successfully}\n`)
  }
  if (failed.length === 0) return
  edge.err(
    `${failed.length} out of ${found.length} credentials under the provided path failed to delete. The following credentials failed to delete:\n`
  )
  edge.err(failed.map(({ name, err }) => `- name: ${name}\n  err: ${err}\n`).join(''))
  throw new CredhubError(
    'Some or all of the credential under the provided path could not be deleted. Please refer to the error output.'
  )
}

const successfully = 'under the provided path are successfully deleted.'

async function prompt(edge: ProgramEdge, label: string): Promise<string> {
  edge.out(label)
  return ((await edge.readInput()).split('\n')[0] ?? '').trim()
}

function metadataOf(text: string): ValueMap {
  if (text === '') return {}
  try {
    return { metadata: JSON.parse(text) as Value }
  } catch {
    throw new CredhubError(
      'The argument for --metadata is not a valid json object. Please update and retry your request.'
    )
  }
}

async function showRedacted(edge: ProgramEdge, json: boolean, answer: Value): Promise<void> {
  print(edge, json, { ...credentialOf(answer, { json }), value: redacted })
}

function printValue(edge: ProgramEdge, json: boolean, value: Value): void {
  if (typeof value === 'string') edge.out(`${value}\n`)
  else print(edge, json, sortKeys(value))
}

/** Version of the CredHub that is targeted; undefined where none is, or where it does not answer. */
export async function serverVersion(edge: ProgramEdge): Promise<string | undefined> {
  try {
    return wordAt({ version: await (await createClient(edge)).serverVersion() }, 'version')
  } catch (thrown) {
    if (thrown instanceof CredhubError) return undefined
    throw thrown
  }
}
