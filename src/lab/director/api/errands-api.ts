import { at, listAt } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { findDeployment } from '../find-deployment.ts'
import { errandNames, runErrand } from '../jobs/run-errand.ts'
import { jsonBody, startTask, type Controller } from './request.ts'

export function listErrands(context: DirectorContext): Controller {
  return ({ params }) => {
    const names = errandNames(context, findDeployment(context.saved.data, params['deployment'] ?? ''))
    return json(names.map(name => ({ name })))
  }
}

export function postErrand(context: DirectorContext): Controller {
  return async request => {
    const { deployment = '', errand = '' } = request.params
    findDeployment(context.saved.data, deployment)
    const body = await jsonBody(request)
    const keepAlive = at(body, 'keep-alive') === true
    const work = runErrand(context, { deployment, errand, keepAlive, instances: listAt(body, 'instances') })
    const description = `run errand ${errand} from deployment ${deployment}`
    return startTask(context, request, { type: 'run_errand', description, deployment }, work)
  }
}
