import { at, textAt, type Value } from '../../../../manifest/value.ts'
import { argument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import { download } from '../download.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { integer, text } from '../values.ts'

/** `bosh errands` */
export async function errands(session: Session): Promise<void> {
  const { director, name } = await session.deployment()
  const found = await attempt('Finding errands', () => director.get(`/deployments/${name}/errands`))
  session.ui.table({
    content: 'errands',
    header: columns('Name'),
    sortBy: [{ column: 0, ascending: true }],
    rows: (Array.isArray(found) ? found : []).map(errand => [text(textAt(errand, 'name') ?? '')])
  })
}

/** `bosh run-errand`: on every instance that has it, or on those named. Fails where the errand fails anywhere. */
export async function runErrand(session: Session): Promise<void> {
  const { flags } = session.line
  const { director, name } = await session.deployment()
  const errand = argument(session)
  const body = {
    instances: flags.list('instance').map(instanceFilter),
    'keep-alive': flags.has('keep-alive'),
    'when-changed': flags.has('when-changed')
  }
  const { result } = await attempt(`Running errand '${errand}'`, () =>
    director.task('POST', `/deployments/${name}/errands/${errand}/runs`, {
      type: 'application/json',
      content: JSON.stringify(body)
    })
  )
  const runs = result
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as Value)
  session.ui.table({
    content: 'errand(s)',
    header: columns('Instance', 'Exit Code', 'Stdout', 'Stderr'),
    sortBy: [{ column: 0, ascending: true }],
    notes: [],
    fillFirstColumn: true,
    transpose: true,
    rows: runs.map(run => [
      text(instanceOf(run)),
      integer(exitCodeOf(run)),
      text(textAt(run, 'stdout') ?? ''),
      text(textAt(run, 'stderr') ?? '')
    ])
  })
  for (const run of flags.has('download-logs') ? runs : []) {
    const blob = textAt(run, 'logs', 'blobstore_id') ?? ''
    if (blob === '') continue
    await attempt('Downloading errand logs', () =>
      download(session, director, { blob, name: errand, folder: flags.text('logs-dir') ?? '.' })
    )
  }
  const failed = runs.filter(run => exitCodeOf(run) !== 0).at(-1)
  if (failed === undefined) return
  const code = exitCodeOf(failed)
  const how = code > 128 ? 'was canceled' : 'completed with error'
  throw new BoshError(`Errand '${errand}' ${how} (exit code ${code})`)
}

/** `worker/0`, `worker/<id>`, `worker/first` or `worker`. */
function instanceFilter(slug: string): Record<string, string> {
  const [group = '', id, ...rest] = slug.split('/')
  if (group === '' || rest.length > 0 || id === '') {
    throw new BoshError(
      `invalid argument for flag \`--instance' (expected []director.InstanceGroupOrInstanceSlug): Expected pool or instance '${slug}' to be in format 'name' or 'name/id-or-index'`
    )
  }
  return id === undefined ? { group } : { group, id }
}

function instanceOf(run: Value): string {
  const group = textAt(run, 'instance', 'group') ?? ''
  const id = textAt(run, 'instance', 'id') ?? ''
  return group === '' ? '' : id === '' ? group : `${group}/${id}`
}

function exitCodeOf(run: Value): number {
  return Number(at(run, 'exit_code') ?? 0)
}
