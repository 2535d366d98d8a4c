import { UserError } from '../../core/errors.ts'
import type { Files } from '../../tools/files.ts'
import { isRecord, parseJson } from '../../tools/table.ts'
import { bblFolder } from '../iaas-params.ts'

/** The two machines that bbl has bosh make, and where it keeps what it knows of them. */
export const machines = { director: 'vars/bosh-state.json', jumpbox: 'vars/jumpbox-state.json' } as const
export type Machine = keyof typeof machines

/** "Gone" means that none of these is left; user files may stay (bbl v9.0.48, storage/file_ownership.go). */
export const stateFiles = [
  'bbl-state.json',
  'vars/terraform.tfstate',
  machines.director,
  machines.jumpbox
] as const

/** Which of bbl's state files are there. */
export async function presentStateFiles(files: Files, state: string): Promise<string[]> {
  const folder = bblFolder(state)
  const present = await Promise.all(stateFiles.map(file => files.exists(`${folder}/${file}`)))
  return stateFiles.filter((_, index) => present[index])
}

/** Whether a Director was ever begun, whatever `bbl-state.json` says: it forgets one whose last `up` failed. */
export function wasDirectorMade(files: Files, state: string): Promise<boolean> {
  return files.exists(`${bblFolder(state)}/${machines.director}`)
}

/** Ids and names that bbl's state knows: of VM, disk and image of both machines, and of all that terraform made. */
export async function knownToState(files: Files, state: string): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const cid of await machineCids(files, state)) known.add(cid)
  for (const attributes of await terraformAttributes(files, state)) {
    for (const key of ['id', 'name', 'arn', 'self_link']) {
      const value = attributes[key]
      if (typeof value === 'string' && value !== '') known.add(value)
    }
  }
  return known
}

/** cids of both machines, their disks and images. */
async function machineCids(files: Files, state: string): Promise<string[]> {
  return [...(await cidsOf(files, state, 'director')), ...(await cidsOf(files, state, 'jumpbox'))]
}

/** cids that a create-env has kept: VM, disks, images. None where there is no state of the machine. */
async function cidsOf(files: Files, state: string, machine: Machine): Promise<string[]> {
  const parsed = parseJson((await files.readTextIfAny(`${bblFolder(state)}/${machines[machine]}`)) ?? '')
  if (!isRecord(parsed)) return []
  const listed = ['disks', 'stemcells'].flatMap(key => {
    const list = parsed[key]
    return Array.isArray(list) ? list.filter(isRecord).map(entry => entry['cid']) : []
  })
  return [parsed['current_vm_cid'], ...listed].filter(
    (cid): cid is string => typeof cid === 'string' && cid !== ''
  )
}

/**
 * Refuses (exit code 7) where machines stand and terraform's state is lost. bbl takes an empty one for "nothing was paved":
 * it would delete its files, leave the machines, and end in exit code 0 (bbl v9.0.48, commands/destroy.go).
 */
export async function refuseLostTerraform(files: Files, state: string): Promise<void> {
  const standing = await machineCids(files, state)
  if (standing.length === 0 || (await terraformAttributes(files, state)).length > 0) return
  throw new UserError(
    'refused',
    `vars/terraform.tfstate: found nothing in it, expected the network of ${standing.join(', ')}`,
    { hint: 'restore an earlier state (causeway state log, causeway state restore), then tear down again' }
  )
}

/** Attributes of all resources, in the form of terraform 0.11 (modules) or of 0.12 and later. */
async function terraformAttributes(files: Files, state: string): Promise<Record<string, unknown>[]> {
  const parsed = parseJson((await files.readTextIfAny(`${bblFolder(state)}/vars/terraform.tfstate`)) ?? '')
  if (!isRecord(parsed)) return []
  const listed = recordsIn(parsed['resources']).flatMap(resource =>
    resource['mode'] === 'data'
      ? []
      : recordsIn(resource['instances']).map(instance => instance['attributes'])
  )
  const old = recordsIn(parsed['modules']).flatMap(({ resources }) =>
    isRecord(resources)
      ? Object.entries(resources)
          .filter(([address]) => !address.startsWith('data.'))
          .map(([, resource]) => (isRecord(resource) ? resource['primary'] : undefined))
      : []
  )
  return [...listed, ...old].filter(isRecord)
}

function recordsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
