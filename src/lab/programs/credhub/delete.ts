import { listAt, textAt } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import { createClient, type Client } from './client.ts'
import type { Command } from './command.ts'
import { CredhubError } from './credhub-error.ts'

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
