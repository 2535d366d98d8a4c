import type { DirectorContext } from '../context.ts'
import { DirectorError, unknownCode } from '../director-error.ts'
import { findDeployment } from '../find-deployment.ts'
import { slugOf } from '../plan/instance-plan.ts'
import { writeTgz } from '../tar.ts'
import type { Work } from '../tasks.ts'

/** The task behind `bosh logs`: its result is the blob of one archive with a file for each job (bosh v283, jobs/fetch_logs.rb). */
export function fetchLogs(context: DirectorContext, name: string, group: string, indexOrId: string): Work {
  return async task => {
    const instances = findDeployment(context.saved.data, name).instances.filter(
      instance =>
        instance.vm !== undefined &&
        (group === '*' || instance.group === group) &&
        (indexOrId === '*' || instance.id === indexOrId || String(instance.index) === indexOrId)
    )
    if (instances.length === 0) {
      throw new DirectorError(
        unknownCode,
        `No appropriate instance with a VM was found in deployment '${name}'`
      )
    }
    const files = instances.flatMap(instance =>
      instance.jobs.map(job => {
        const path = `./${slugOf(instance).replace('/', '.')}/${job}/${job}.stdout.log`
        return [path, `${instance.vm?.createdAt ?? ''} ${job} started\n`] as const
      })
    )
    return task.events
      .stage('Fetching group of logs', 1)
      .track('Packing log files together', () => context.blobs.add(writeTgz(Object.fromEntries(files))))
  }
}
