import type { Value, ValueMap } from '../../../manifest/value.ts'
import type { CommandLine } from '../common/go-flags.ts'
import { createClient } from './client.ts'
import type { Command } from './command.ts'
import { CredhubError } from './credhub-error.ts'
import { metadataOf } from './metadata.ts'
import { printRedacted } from './output.ts'

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
  printRedacted(edge, flags.has('output-json'), await client.request('POST', {}, body))
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
