import { UserError } from '../../core/errors.ts'
import { askSupervisor } from '../supervisor-protocol.ts'
import type { Cloud } from './cloud.ts'
import type { Resource } from './model.ts'

/** Deletes a thing of any kind. Throws a CloudError where the cloud refuses. */
export function deleteAny(cloud: Cloud, { kind, cid }: Pick<Resource, 'kind' | 'cid'>): void {
  if (kind === 'vm') cloud.deleteVm(cid)
  else if (kind === 'disk') cloud.deleteDisk(cid)
  else cloud.delete(kind, cid)
}

/** Ends what ran on VMs that are gone. Where nobody supervises the lab, nothing runs. */
export async function powerOffDeleted(lab: string): Promise<void> {
  try {
    await askSupervisor(lab, { kind: 'sync' })
  } catch (thrown) {
    if (!(thrown instanceof UserError && thrown.outcome === 'usage')) throw thrown
  }
}
