import { listAt, textAt } from '../../../manifest/value.ts'
import { createClient } from './client.ts'
import type { Command } from './command.ts'
import { CredhubError } from './credhub-error.ts'
import { print } from './output.ts'

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
