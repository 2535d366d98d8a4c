import { textAt } from '../../../../manifest/value.ts'
import { argument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import { download } from '../download.ts'
import type { Session } from '../session.ts'

/** `bosh logs`: a tarball with the logs of one instance, of a group, or of all. */
export async function logs(session: Session): Promise<void> {
  const { flags } = session.line
  if (flags.has('follow') || flags.text('num') !== undefined) {
    throw new BoshError('--follow and --num need SSH to the instances, which the lab does not imitate')
  }
  const { director, name } = await session.deployment()
  const [group = '', id = ''] = argument(session).split('/')
  const only = flags.list('only').join(',')
  const query = new URLSearchParams({ ...(only === '' ? {} : { filters: only }), type: typesOf(session) })
  const path = `/deployments/${name}/jobs/${group || '*'}/${id || '*'}/logs?${query.toString()}`
  const task = await attempt('Fetching logs', () => director.task('GET', path))
  const found = await attempt(`Finding task '${task.id}'`, () => director.get(`/tasks/${task.id}`))
  const prefix = [name, group, id].filter(part => part !== '').join('.')
  const blob = textAt(found, 'result') ?? ''
  await attempt('Downloading logs', () =>
    download(session, director, { blob, name: prefix, folder: flags.text('dir') ?? '.' })
  )
}

function typesOf({ line: { flags } }: Session): string {
  if (flags.has('all-logs')) return 'agent,job,system'
  if (flags.has('agent')) return 'agent'
  return flags.has('system') ? 'system' : 'job'
}
