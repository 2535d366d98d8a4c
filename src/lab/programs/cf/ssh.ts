import { at, textAt } from '../../../manifest/value.ts'
import { CfError, ExitWith } from './cf-error.ts'
import { appNamed } from './lookups.ts'
import type { Command } from './session.ts'

/**
 * `cf ssh APP -c COMMAND [-i INDEX]`: runs a command in an instance and ends with its exit code. The real program opens an
 * SSH session through Diego's proxy; the lab's Cloud Controller runs the command itself.
 */
export const ssh: Command = async session => {
  const { edge, line } = session
  const api = session.api()
  const app = await appNamed(api, session.space(), session.argument(0))
  const command = line.flags.list('command').join(' ')
  if (command === '') throw new CfError('The lab has no terminal: give a command, -c COMMAND.')
  const index = line.flags.text('app-instance-index') ?? '0'
  const state = textAt(await api.request('GET', `/v3/apps/${app.GUID}`), 'state')
  if (state !== 'STARTED') throw new CfError(`Application '${app.Name}' is not in the STARTED state`)
  const path = `/lab/v1/apps/${app.GUID}/instances/${encodeURIComponent(index)}/commands`
  const answer = await api.request('POST', path, { command })
  edge.out(textAt(answer, 'stdout') ?? '')
  edge.err(textAt(answer, 'stderr') ?? '')
  const code = Number(at(answer, 'exitCode') ?? 0)
  if (code !== 0) throw new ExitWith(code)
}
