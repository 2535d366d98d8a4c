import { faultPoint } from '../../faults.ts'
import type { DirectorContext } from '../context.ts'
import { deleteVm, mustRespond, orphanDisk } from '../cpi.ts'
import type { DeploymentRecord, InstanceRecord } from '../model.ts'
import { describe } from '../plan/instance-plan.ts'
import { eachOf } from '../pool.ts'
import type { TaskJob } from '../tasks.ts'

export interface Deletion {
  readonly task: TaskJob
  /** How the events call it. */
  readonly stage: string
  readonly tags?: readonly string[]
  /** Goes on where an agent does not answer or the cloud refuses. */
  readonly force?: boolean
}

const atOnce = 10

/** Deletes the VMs of instances and orphans their disks; then the instances are no more. */
export async function deleteInstances(
  context: DirectorContext,
  deployment: DeploymentRecord,
  instances: readonly InstanceRecord[],
  { task, stage: name, tags = [], force = false }: Deletion
): Promise<void> {
  if (instances.length === 0) return
  const stage = task.events.stage(name, instances.length, tags)
  await eachOf(instances, atOnce, instance =>
    stage.track(describe(instance), async () => {
      await faultPoint(
        context.lab,
        'director',
        `delete-vm ${deployment.name} ${instance.group}/${instance.index}`
      )
      if (!force && instance.state === 'started') mustRespond(context, instance)
      await deleteVm(context, instance)
      orphanDisk(context, deployment, instance)
      deployment.instances = deployment.instances.filter(other => other !== instance)
      context.saved.touch()
    })
  )
}
