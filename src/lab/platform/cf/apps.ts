import { randomUUID } from 'node:crypto'
import { at, isMap, textAt, wordAt, type ValueMap } from '../../../manifest/value.ts'
import { json, type Request } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import { runLine } from '../shell.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { deleteApp } from './deletion.ts'
import { unprocessable } from './errors.ts'
import { accepted, found, isIn, list, named, now } from './lookups.ts'
import type { App } from './model.ts'
import { appJson, pageOf, processJson, statsJson } from './resources.ts'

export function appRoutes({ data, touch, runtime }: CfApi): ApiRoute[] {
  const app = ({ params }: Request): App => found(data.apps, params['guid'], 'App')
  const change = (old: App, changes: Partial<App>): App => {
    runtime.stop(old)
    const changed = { ...old, ...changes }
    data.apps[old.guid] = changed
    runtime.reconcile()
    touch()
    return changed
  }
  return [
    [
      'GET',
      '/v3/apps',
      ({ query }) => {
        const [guids, spaces] = [list(query, 'guids'), list(query, 'space_guids')]
        const apps = Object.values(data.apps)
          .filter(named(query))
          .filter(({ guid, space }) => isIn(guids, guid) && isIn(spaces, space))
        return json(pageOf(apps.map(appJson)))
      }
    ],
    ['GET', '/v3/apps/:guid', request => json(appJson(app(request)))],
    [
      'POST',
      '/v3/apps',
      async request => {
        const body = await bodyOf(request)
        const name = textAt(body, 'name') ?? ''
        const space = found(data.spaces, textAt(body, 'relationships', 'space', 'data', 'guid'), 'Space').guid
        if (Object.values(data.apps).some(each => each.name === name && each.space === space)) {
          throw unprocessable(`App with the name '${name}' already exists.`)
        }
        const made: App = {
          guid: randomUUID(),
          name,
          space,
          createdAt: now(),
          state: 'STOPPED',
          instances: 1,
          memoryMiB: 1024,
          env: wordsIn(body, 'environment_variables')
        }
        data.apps[made.guid] = made
        touch()
        return json(appJson(made), 201)
      }
    ],
    [
      'DELETE',
      '/v3/apps/:guid',
      request => {
        deleteApp({ data, runtime }, app(request))
        touch()
        return accepted()
      }
    ],
    [
      'POST',
      '/v3/apps/:guid/actions/start',
      request => {
        const found = app(request)
        if (found.image === undefined) throw unprocessable('Assign a droplet before starting this app.')
        return json(appJson(change(found, { state: 'STARTED' })))
      }
    ],
    [
      'POST',
      '/v3/apps/:guid/actions/stop',
      request => json(appJson(change(app(request), { state: 'STOPPED' })))
    ],
    ['GET', '/v3/apps/:guid/processes', request => json(pageOf([processJson(app(request))]))],
    ['GET', '/v3/apps/:guid/processes/web/stats', request => json(statsJson(app(request), runtime))],
    [
      'POST',
      '/v3/apps/:guid/processes/web/actions/scale',
      async request => {
        const body = await bodyOf(request)
        const old = app(request)
        const instances = Number(wordAt(body, 'instances') ?? old.instances)
        const memoryMiB = Number(wordAt(body, 'memory_in_mb') ?? old.memoryMiB)
        return json(processJson(change(old, { instances, memoryMiB })), 202)
      }
    ],
    [
      'PATCH',
      '/v3/apps/:guid/environment_variables',
      async request => {
        const old = app(request)
        const env = { ...old.env, ...wordsIn(await bodyOf(request), 'var') }
        data.apps[old.guid] = { ...old, env }
        touch()
        return json({ var: env })
      }
    ],
    [
      // Real ones open an SSH session through Diego's proxy; the lab's takes one command and answers what it printed.
      'POST',
      '/lab/v1/apps/:guid/instances/:index/commands',
      async request => {
        const shell = runtime.shell(app(request), Number(request.params['index']))
        if (shell === undefined) throw unprocessable('The instance is not running.')
        return json(await runLine(shell, textAt(await bodyOf(request), 'command') ?? ''))
      }
    ]
  ]
}

function wordsIn(body: ValueMap, key: string): Record<string, string> {
  const given = at(body, key)
  return isMap(given)
    ? Object.fromEntries(Object.keys(given).map(name => [name, wordAt(given, name) ?? '']))
    : {}
}
