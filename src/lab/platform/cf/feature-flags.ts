import { at } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { ApiRoute, CfApi } from './api.ts'
import { notFound } from './errors.ts'

export function featureFlagRoutes({ data, touch }: CfApi): ApiRoute[] {
  const known = (name: string | undefined): string => {
    if (name !== undefined && Object.hasOwn(data.featureFlags, name)) return name
    throw notFound('Feature flag')
  }
  const flagJson = (name: string): unknown => ({
    name,
    enabled: data.featureFlags[name],
    custom_error_message: null
  })
  return [
    ['GET', '/v3/feature_flags/:name', ({ params }) => json(flagJson(known(params['name'])))],
    [
      'PATCH',
      '/v3/feature_flags/:name',
      async request => {
        const name = known(request.params['name'])
        data.featureFlags[name] = at(await bodyOf(request), 'enabled') === true
        touch()
        return json(flagJson(name))
      }
    ]
  ]
}
