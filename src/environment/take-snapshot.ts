import type { Row } from '../tools/table.ts'
import type { Tools } from '../tools/tools.ts'
import { bblOf } from './iaas-params.ts'
import { guardIdentity, readBblState } from './identity.ts'
import type { EnvironmentRecord } from './record.ts'
import { nothing, type ExistingDeployment, type ExistingVm, type Snapshot } from './snapshot.ts'

/** What could not be seen, and why; a snapshot without it would pretend that it is not there. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot
  readonly notSeen: readonly string[]
}

type IaasValues = Parameters<typeof bblOf>[1]

/** Looks at what exists of an environment, by its state branch, its Director, and bbl. Changes nothing. */
export async function takeSnapshot(
  tools: Tools,
  { name }: EnvironmentRecord,
  params: IaasValues,
  state: string
): Promise<TakenSnapshot> {
  const known = await readBblState(tools.files, state)
  if (known === undefined) return { snapshot: nothing, notSeen: [] }
  guardIdentity(known, name)
  const infrastructure: ExistingVm[] = [{ cid: 'made by bbl', instance: 'jumpbox' }]
  const access = known.director === undefined ? undefined : await bblOf(tools, params, state).printEnvIfAny()
  const base = { ...nothing, state: { env_id: known.envId }, networks: [`${name}-network`] }
  if (access === undefined) {
    return { snapshot: { ...base, vms: infrastructure }, notSeen: ['the Director: it never came up'] }
  }
  const bosh = tools.bosh(access)
  const deployments = (await bosh.table(['deployments'])).map(deploymentOf)
  const vms: ExistingVm[] = []
  // Asked of all deployments at once, the rows don't tell which one they are of.
  for (const { name: deployment } of deployments) {
    const rows = await bosh.table(['vms'], deployment)
    vms.push(...rows.map(row => ({ cid: row['vm_cid'] ?? '', instance: row['instance'] ?? '', deployment })))
  }
  const orphans = (await bosh.table(['disks', '--orphaned'])).map(row => ({ cid: row['disk_cid'] ?? '' }))
  const director: ExistingVm = { cid: 'made by bbl', instance: 'director' }
  const snapshot = { ...base, deployments, vms: [...infrastructure, director, ...vms], disks: orphans }
  return { snapshot, notSeen: [] }
}

function deploymentOf(row: Row): ExistingDeployment {
  return {
    name: row['name'] ?? '',
    releases: linesOf(row['release_s']),
    stemcells: linesOf(row['stemcell_s'])
  }
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter(line => line !== '')
}
