import { at, textAt, textsAt, type Value } from '../../../../manifest/value.ts'
import { argument, integerArgument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { TaskReporter } from '../task-reporter.ts'
import { integer, text, time } from '../values.ts'

/** `bosh tasks`: those that run, or with `--recent` those that ended too. */
export async function tasks(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const recent = flags.text('recent')
  const deployment = flags.text('deployment') ?? ''
  const query = new URLSearchParams({
    ...(deployment === '' ? {} : { deployment }),
    ...(recent === undefined ? { state: 'processing,cancelling,queued' } : { limit: recent }),
    verbose: recent === undefined || flags.has('all') ? '2' : '1'
  })
  const what = recent === undefined ? 'current' : 'recent'
  const found = await attempt(`Finding ${what} tasks`, () => director.get(`/tasks?${query.toString()}`))
  session.ui.table({
    content: 'tasks',
    header: columns(
      'ID',
      'State',
      'Started At',
      'Finished At',
      'User',
      'Deployment',
      'Description',
      'Result'
    ),
    sortBy: [{ column: 0, ascending: false }],
    rows: (Array.isArray(found) ? found : []).map(task => [
      integer(numberAt(task, 'id')),
      text(textAt(task, 'state') ?? ''),
      time(numberAt(task, 'started_at')),
      numberAt(task, 'timestamp') === 0 ? text('-') : time(numberAt(task, 'timestamp')),
      text(textAt(task, 'user') ?? ''),
      text(textAt(task, 'deployment') ?? ''),
      text(textAt(task, 'description') ?? ''),
      text(textAt(task, 'result') ?? '')
    ])
  })
}

/** `bosh task`: shows a task, by default the one that runs, until its end; fails where it does. */
export async function task(session: Session): Promise<void> {
  const { flags } = session.line
  const given = argument(session) === '' ? 0 : integerArgument(argument(session))
  const director = await session.director()
  const id = given === 0 ? await currentTask(session) : given
  if (given !== 0) await attempt(`Finding task '${id}'`, () => director.get(`/tasks/${id}`))
  const log = ['event', 'cpi', 'debug', 'result'].find(name => flags.has(name))
  const reporter = new TaskReporter(session.ui, { plain: log !== undefined })
  await attempt(`Capturing task '${id}' output`, () => director.follow(id, log ?? 'event', reporter))
}

/** `bosh cancel-task` */
export async function cancelTask(session: Session): Promise<void> {
  const id = integerArgument(argument(session))
  const director = await session.director()
  await attempt(`Finding task '${id}'`, () => director.get(`/tasks/${id}`))
  await attempt(`Cancelling task '${id}'`, () => director.raw('DELETE', `/task/${id}`))
}

/** `bosh locks` */
export async function locks(session: Session): Promise<void> {
  const director = await session.director()
  const found = await attempt('Finding locks', () => director.get('/locks'))
  session.ui.table({
    content: 'locks',
    header: columns('Type', 'Resource', 'Task ID', 'Expires at'),
    sortBy: [{ column: 2, ascending: true }],
    rows: (Array.isArray(found) ? found : []).map(lock => [
      text(textAt(lock, 'type') ?? ''),
      text(textsAt(lock, 'resource').join(':')),
      text(textAt(lock, 'task_id') ?? ''),
      time(Math.floor(Number(textAt(lock, 'timeout') ?? '0')))
    ])
  })
}

async function currentTask(session: Session): Promise<number> {
  const { flags } = session.line
  const director = await session.director()
  const deployment = flags.text('deployment') ?? ''
  const query = new URLSearchParams({
    ...(deployment === '' ? {} : { deployment }),
    state: 'processing,cancelling,queued',
    verbose: flags.has('all') ? '2' : '1'
  })
  const found = await attempt('Finding current tasks', () => director.get(`/tasks?${query.toString()}`))
  const [first] = Array.isArray(found) ? found : []
  if (first === undefined) throw new BoshError('No task found')
  return numberAt(first, 'id')
}

function numberAt(value: Value, key: string): number {
  const found = at(value, key)
  return typeof found === 'number' ? found : 0
}
