import { messageOf } from '../../../core/errors.ts'
import { CloudError } from '../../cloud/cloud-error.ts'
import { Cloud } from '../../cloud/cloud.ts'
import { deleteAny, powerOffDeleted } from '../../cloud/delete-any.ts'
import type { Kind } from '../../cloud/model.ts'
import type { ProgramEdge } from '../common/program.ts'

const kinds: readonly Kind[] = ['network', 'firewall', 'address', 'load-balancer', 'stemcell', 'vm', 'disk']

const usage = `usage: labcloud list [KIND] | labcloud delete KIND CID\nkinds: ${kinds.join(', ')}\n`

/** The lab's own IaaS on a command line, as `gcloud` or `aws` is that of theirs: `list` prints JSON, `delete` deletes one thing. */
export async function labcloud({ args, env, out, err }: ProgramEdge): Promise<number> {
  const [command, word, cid] = args
  const kind = kinds.find(known => known === word)
  const lab = env['CAUSEWAY_LAB'] ?? ''
  if (lab === '') {
    err('labcloud: CAUSEWAY_LAB names no lab\n')
    return 1
  }
  const cloud = new Cloud(lab)
  if (command === 'list' && args.length <= 2 && (word === undefined || kind !== undefined)) {
    const found = cloud.list().filter(resource => kind === undefined || resource.kind === kind)
    out(`${JSON.stringify(found, undefined, 2)}\n`)
    return 0
  }
  if (command !== 'delete' || kind === undefined || cid === undefined || args.length > 3) {
    err(usage)
    return 2
  }
  try {
    deleteAny(cloud, { kind, cid })
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown
    err(`labcloud: ${messageOf(thrown)}\n`)
    return 1
  }
  if (kind === 'vm') await powerOffDeleted(lab)
  out(`deleted ${kind} ${cid}\n`)
  return 0
}
