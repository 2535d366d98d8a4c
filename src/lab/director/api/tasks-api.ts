import { listAt, textAt } from '../../../manifest/value.ts'
import { json, noContent, text, type Request, type Response } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError } from '../director-error.ts'
import type { TaskRecord, TaskState } from '../model.ts'
import { outputTypes } from '../tasks.ts'
import { jsonBody, type Controller } from './request.ts'

/** Types that `bosh tasks` shows without `--all` (bosh v283, api/controllers/tasks_controller.rb). */
const ordinaryTypes = [
  'attach_disk',
  'create_snapshot',
  'delete_deployment',
  'delete_release',
  'delete_snapshot',
  'delete_stemcell',
  'run_errand',
  'snapshot_deployment',
  'update_instance',
  'update_deployment',
  'update_release',
  'update_stemcell',
  'export_release'
]

export function listTasks({ tasks }: DirectorContext): Controller {
  return ({ query }) => {
    const states = (query.get('state') ?? '').split(',').filter(state => state !== '')
    const deployment = query.get('deployment')
    const contextId = query.get('context_id')
    const limit = Number(query.get('limit') ?? Infinity)
    const found = tasks
      .list()
      .filter(
        task =>
          (states.length === 0 || states.includes(task.state)) &&
          ((query.get('verbose') ?? '1') !== '1' || ordinaryTypes.includes(task.type)) &&
          (deployment === null || task.deployment === deployment) &&
          (contextId === null || task.context_id === contextId)
      )
      .toReversed()
      .slice(0, Math.max(1, limit))
    return json(found.map(shown))
  }
}

export function getTask({ tasks }: DirectorContext): Controller {
  return ({ params }) => json(shown(tasks.find(Number(params['id']))))
}

/** One output of a task, from the byte on that the client asks for: this is how it follows a task. */
export function getOutput({ tasks }: DirectorContext): Controller {
  return request => {
    const type = outputTypes.find(known => known === (request.query.get('type') ?? 'debug'))
    if (type === undefined) return noContent
    const output = tasks.output(tasks.find(Number(request.params['id'])).id, type)
    return output === undefined ? noContent : fromRange(request, output)
  }
}

function fromRange(request: Request, output: Buffer): Response {
  const [, start] = /^bytes=(\d+)-$/.exec(request.header('range') ?? '') ?? []
  if (start === undefined) return text(output.toString())
  const from = Number(start)
  if (from >= output.length) {
    const headers = { 'Content-Range': `bytes */${output.length}` }
    return { status: 416, headers, body: 'Byte range unsatisfiable' }
  }
  const range = `bytes ${from}-${output.length - 1}/${output.length}`
  return {
    status: 206,
    headers: { 'Content-Type': 'text/plain', 'Content-Range': range },
    body: output.subarray(from)
  }
}

export function cancelTask({ tasks }: DirectorContext): Controller {
  return ({ params }) => {
    const id = Number(params['id'])
    try {
      tasks.cancel(id)
      return noContent
    } catch (thrown) {
      if (thrown instanceof DirectorError && thrown.status === 400) return text(thrown.message, 400)
      throw thrown
    }
  }
}

export function cancelTasks({ tasks }: DirectorContext): Controller {
  return async request => {
    const body = await jsonBody(request)
    const states = listAt(body, 'states').length === 0 ? ['queued'] : listAt(body, 'states')
    const types = listAt(body, 'types')
    const deployment = textAt(body, 'deployment')
    const cancellable: readonly TaskState[] = ['queued', 'processing']
    const wrong = states.find(state => !cancellable.some(known => known === state))
    if (wrong !== undefined) {
      return text(
        `${textAt(wrong) ?? JSON.stringify(wrong)} is not one of the cancellable states: queued, processing`,
        400
      )
    }
    const selected = tasks
      .list()
      .filter(
        task =>
          states.includes(task.state) &&
          (types.length === 0 || types.includes(task.type)) &&
          (deployment === undefined || task.deployment === deployment)
      )
    for (const task of selected) tasks.cancel(task.id)
    return noContent
  }
}

function shown(task: TaskRecord): object {
  const { id, state, description, started_at, result, user, deployment, context_id } = task
  const isOver = state !== 'queued' && state !== 'processing'
  const timestamp = isOver ? task.timestamp : null
  return { id, state, description, timestamp, started_at, result, user, deployment, context_id }
}
