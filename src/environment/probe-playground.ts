import { messageOf, UserError } from '../core/errors.ts'
import type { Bosh } from '../tools/bosh.ts'
import type { Cf } from '../tools/cf.ts'
import type { Kubectl, KubernetesObject } from '../tools/kubectl.ts'
import { isRecord, type Row } from '../tools/table.ts'

export interface ProbedPlayground {
  readonly bosh: Pick<Bosh, 'table'>
  readonly cf: Pick<Cf, 'orgs'>
  readonly kubectl: Pick<Kubectl, 'get'>
}

/**
 * Looks at a playground once: every VM of both deployments runs, CF's API and UAA answer, every node of the cluster is ready, and
 * so is what runs in kube-system. Throws a UserError that names all that is not, and what could not be asked. `cf` is logged in.
 */
export async function probePlayground({ bosh, cf, kubectl }: ProbedPlayground): Promise<void> {
  const machines = async (deployment: string) =>
    unwellMachines(deployment, await bosh.table(['vms'], deployment))
  const pods = { namespace: 'kube-system' }
  // All to their end, so that no program is left to itself.
  const looks = await Promise.allSettled([
    machines('cf'),
    machines('cfcr'),
    cf.orgs().then(() => []),
    kubectl.get('nodes').then(nodes => unready('node', nodes)),
    kubectl.get('pods', pods).then(objects => unready('pod', objects))
  ])
  const found = looks.flatMap(look => (look.status === 'fulfilled' ? look.value : messageOf(look.reason)))
  if (found.length > 0) throw new UserError('program', `found ${found.join(', ')}`)
}

function unwellMachines(deployment: string, rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [`no VM of ${deployment}`]
  return rows
    .filter(row => row['process_state'] !== 'running')
    .map(row => `${deployment} ${row['instance'] ?? ''} ${row['process_state'] ?? ''}`)
}

/** Nodes and pods say whether they are ready by a condition; a pod that has ended well need not be. */
function unready(kind: string, objects: readonly KubernetesObject[]): readonly string[] {
  if (kind === 'node' && objects.length === 0) return ['no node']
  return objects.flatMap(object => {
    const [status, metadata] = [object['status'], object['metadata']]
    const name = isRecord(metadata) ? String(metadata['name']) : ''
    const conditions = isRecord(status) && Array.isArray(status['conditions']) ? status['conditions'] : []
    const ready = conditions.filter(isRecord).find(condition => condition['type'] === 'Ready')
    const hasEnded = isRecord(status) && status['phase'] === 'Succeeded'
    return ready?.['status'] === 'True' || hasEnded ? [] : [`${kind} ${name} not ready`]
  })
}
