import { faultPoint } from '../../faults.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError } from '../director-error.ts'
import type { Work } from '../tasks.ts'
import { findDeployment } from '../find-deployment.ts'
import { deleteInstances } from './delete-instances.ts'

/** The task behind `bosh delete-deployment` (bosh v283, deployment_deleter.rb). Credentials stay in CredHub, as in reality. */
export function deleteDeployment(context: DirectorContext, name: string, force: boolean): Work {
  return async task =>
    context.locks.hold(`lock:deployment:${name}`, task, async () => {
      const { saved, lab } = context
      const deployment = findDeployment(saved.data, name)
      await faultPoint(lab, 'director', `delete-deployment ${name}`, task.signal)
      if (deployment.instances.some(({ ignore }) => ignore)) {
        throw new DirectorError(
          190021,
          `You are trying to delete deployment '${name}', which contains ignored instance(s). Operation not allowed.`
        )
      }
      // What ran on the VMs stops answering before they go.
      deployment.resolved = {}
      await context.settle()
      await deleteInstances(context, deployment, deployment.instances, {
        task,
        stage: 'Deleting instances',
        force
      })
      const stage = task.events.stage('Removing deployment artifacts', 3)
      for (const step of ['Detaching stemcells', 'Detaching releases'])
        await stage.track(step, () => undefined)
      const properties = task.events.stage('Deleting properties', 0)
      for (const step of ['Deleting dynamic disks', 'Destroying deployment']) {
        await properties.track(step, () => undefined)
      }
      saved.data.deployments = saved.data.deployments.filter(other => other !== deployment)
      saved.touch()
      return `/deployments/${name}`
    })
}
