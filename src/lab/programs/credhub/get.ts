import { at, isMap, listAt, type Value } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import { sortKeys } from '../common/sort-keys.ts'
import { createClient, type Client } from './client.ts'
import type { Command } from './command.ts'
import { CredhubError } from './credhub-error.ts'
import { credentialOf, print } from './output.ts'

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

function printValue(edge: ProgramEdge, json: boolean, value: Value): void {
  if (typeof value === 'string') edge.out(`${value}\n`)
  else print(edge, json, sortKeys(value))
}
