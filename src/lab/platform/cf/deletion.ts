import type { CfApi } from './api.ts'
import type { App } from './model.ts'

/** Deletes a space with its apps and routes. */
export function deleteSpace(api: Pick<CfApi, 'data' | 'runtime'>, guid: string): void {
  const { data } = api
  for (const app of Object.values(data.apps)) if (app.space === guid) deleteApp(api, app)
  for (const route of Object.values(data.routes)) {
    if (route.space === guid) Reflect.deleteProperty(data.routes, route.guid)
  }
  Reflect.deleteProperty(data.spaces, guid)
}

/** Deletes an app. Policies that name the app go with it: the policy server sweeps those of apps that are gone. */
export function deleteApp({ data, runtime }: Pick<CfApi, 'data' | 'runtime'>, app: App): void {
  runtime.stop(app)
  Reflect.deleteProperty(data.apps, app.guid)
  data.policies = data.policies.filter(
    ({ source, destination }) => source !== app.guid && destination !== app.guid
  )
}
