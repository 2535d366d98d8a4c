import type { Value, ValueMap } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import { createClient } from './client.ts'
import type { Command } from './command.ts'
import { fileOrText } from './config.ts'
import { CredhubError } from './credhub-error.ts'
import { metadataOf } from './metadata.ts'
import { printRedacted } from './output.ts'

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
  printRedacted(edge, flags.has('output-json'), await client.request('PUT', {}, body))
}

async function prompt(edge: ProgramEdge, label: string): Promise<string> {
  edge.out(label)
  return ((await edge.readInput()).split('\n')[0] ?? '').trim()
}
