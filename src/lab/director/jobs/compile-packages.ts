import type { DirectorContext } from '../context.ts'
import type { DeploymentPlan } from '../plan/deployment-plan.ts'
import { eachOf } from '../pool.ts'
import type { TaskJob } from '../tasks.ts'

/** How long a package takes, at pace 1. */
const compileMillis = 40
const workers = 6

/** Compiles what is not compiled yet, once for each stemcell. */
export async function compilePackages(
  { saved, pace }: DirectorContext,
  plan: DeploymentPlan,
  task: TaskJob
): Promise<void> {
  const preparing = task.events.stage('Preparing package compilation', 1)
  const missing = await preparing.track('Finding packages to compile', () =>
    plan.packages
      .map(each => ({
        ...each,
        key: `${each.package.fingerprint} ${each.stemcell.os}/${each.stemcell.version}`
      }))
      .filter(({ key }) => !saved.data.compiled.includes(key))
  )
  if (missing.length === 0) return
  const stage = task.events.stage('Compiling packages', missing.length)
  await eachOf(missing, workers, each =>
    stage.track(`${each.package.name}/${each.package.fingerprint}`, async () => {
      await pace(compileMillis, task.signal)
      saved.data.compiled.push(each.key)
      saved.touch()
    })
  )
}
