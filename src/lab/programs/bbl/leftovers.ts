import { CloudError } from '../../cloud/cloud-error.ts'
import { Cloud } from '../../cloud/cloud.ts'
import { deleteAny, powerOffDeleted } from '../../cloud/delete-any.ts'
import type { Kind, Resource } from '../../cloud/model.ts'
import { messageOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'
import { readFlagSet } from './go-flag-set.ts'
import type { Session } from './session.ts'

/** In the order of deletion: what stands in a network goes before it. */
const kinds: readonly (readonly [Kind, string])[] = [
  ['vm', 'Instance'],
  ['disk', 'Disk'],
  ['load-balancer', 'Load Balancer'],
  ['firewall', 'Firewall'],
  ['address', 'Address'],
  ['stemcell', 'Image'],
  ['network', 'Network']
]

/**
 * `bbl cleanup-leftovers`: lists or deletes whatever has the filter anywhere in its name or in a value of its tags, as on AWS. An empty
 * filter means everything in the cloud. Each type is tried; what could not be deleted is said in the end.
 */
export async function cleanUpLeftovers(session: Session): Promise<void> {
  const flags = readFlags(session.args)
  const filter = flags.get('filter') ?? ''
  const isDryRun = flags.get('dry-run') === 'true'
  const cloud = new Cloud(session.lab())
  const problems: string[] = []
  let hasDeletedVm = false
  for (const [kind, word] of kinds) {
    for (const resource of cloud.list().filter(each => each.kind === kind && matches(each, filter))) {
      const label = `[${word}: ${nameOf(resource)}]`
      if (isDryRun) {
        session.print(label)
        continue
      }
      if (!(await session.confirm(`${label} Delete?`))) continue
      session.print(`${label} Deleting...`)
      try {
        deleteAny(cloud, resource)
        hasDeletedVm ||= kind === 'vm'
        session.print(`${label} Deleted!`)
      } catch (thrown) {
        if (!(thrown instanceof CloudError)) throw thrown
        const problem = `${label} Delete: ${messageOf(thrown)}`
        session.print(problem)
        problems.push(problem)
      }
    }
  }
  if (hasDeletedVm) await powerOffDeleted(session.lab())
  if (problems.length > 0) throw new BblError(`${problems.length} errors occurred:\n\n${problems.join('\n')}`)
}

function readFlags(args: readonly string[]): ReadonlyMap<string, string> {
  try {
    return readFlagSet(args, { texts: ['filter'], switches: ['dry-run'] })
  } catch (thrown) {
    throw thrown instanceof BblError
      ? new BblError(`Parsing cleanup-leftovers args: ${thrown.message}`)
      : thrown
  }
}

/** The name in the cloud, and in brackets what the tags say; that is what the filter is compared with. */
function nameOf({ name, cid, tags }: Resource): string {
  const words = Object.entries(tags).map(([key, value]) => `${key}:${value}`)
  return words.length === 0 ? `${name} ${cid}` : `${name} ${cid} (${words.join(', ')})`
}

function matches({ name, tags }: Resource, filter: string): boolean {
  return [name, ...Object.values(tags)].some(text => text.includes(filter))
}
