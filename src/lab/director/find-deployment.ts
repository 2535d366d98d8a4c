import { DirectorError } from './director-error.ts'
import type { DeploymentRecord, DirectorData, InstanceRecord } from './model.ts'

/** Throws the Director's error where there is none. */
export function findDeployment(data: DirectorData, name: string): DeploymentRecord {
  const found = data.deployments.find(deployment => deployment.name === name)
  if (found === undefined) throw new DirectorError(70000, `Deployment '${name}' doesn't exist`, 404)
  return found
}

/** An instance by its group and its index or id. Throws the Director's error where there is none. */
export function findInstance(deployment: DeploymentRecord, group: string, indexOrId: string): InstanceRecord {
  const found = deployment.instances.find(
    instance =>
      instance.group === group && (instance.id === indexOrId || String(instance.index) === indexOrId)
  )
  if (found !== undefined) return found
  throw new DirectorError(70001, `Instance '${deployment.name}/${group}/${indexOrId}' doesn't exist`, 404)
}
