import { randomUUID } from 'node:crypto'
import { textAt } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import { isImage } from '../images.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { CfRefused, unprocessable } from './errors.ts'
import { found } from './lookups.ts'

/** Packages, builds and droplets: an image is staged as soon as it is named. */
export function stagingRoutes({ data, touch }: CfApi): ApiRoute[] {
  const image = (guid: string | undefined): string => found(data.images, guid, 'Package')
  return [
    [
      'POST',
      '/v3/packages',
      async request => {
        const body = await bodyOf(request)
        if (textAt(body, 'type') !== 'docker') throw unprocessable('The lab stages images only.')
        if (data.featureFlags['diego_docker'] !== true) {
          throw new CfRefused(400, 320_003, 'CF-DockerDisabled', 'Docker support has not been enabled.')
        }
        const reference = textAt(body, 'data', 'image') ?? ''
        if (!isImage(reference)) throw unprocessable('Docker credentials or image reference invalid')
        const guid = randomUUID()
        data.images[guid] = reference
        touch()
        return json({ guid, type: 'docker', state: 'READY', data: { image: reference } }, 201)
      }
    ],
    [
      'POST',
      '/v3/builds',
      async request => {
        const guid = textAt(await bodyOf(request), 'package', 'guid') ?? ''
        image(guid)
        return json(buildOf(guid), 201)
      }
    ],
    [
      'GET',
      '/v3/builds/:guid',
      ({ params }) => {
        image(params['guid'])
        return json(buildOf(params['guid'] ?? ''))
      }
    ],
    [
      'PATCH',
      '/v3/apps/:guid/relationships/current_droplet',
      async request => {
        const app = found(data.apps, request.params['guid'], 'App')
        const droplet = textAt(await bodyOf(request), 'data', 'guid')
        data.apps[app.guid] = { ...app, image: image(droplet) }
        touch()
        return json({ data: { guid: droplet } })
      }
    ]
  ]
}

function buildOf(guid: string): unknown {
  return { guid, state: 'STAGED', error: null, droplet: { guid }, package: { guid } }
}
