import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
import { isRecord, parseJson } from '../tools/table.ts'

const machineStates = ['bosh-state.json', 'jumpbox-state.json'] as const

/**
 * Refuses (exit code 7) a state of create-env in which a machine, a disk or a stemcell has no identity: with one that is
 * empty, create-env and delete-env of some CPIs take *every* VM for theirs (bosh#2625). To be asked before `bbl up` and
 * `bbl down`; `state` is the root of the plain tree. A file that is not there is well.
 */
export async function checkMachineStates(files: Files, state: string): Promise<void> {
  const wrong: string[] = []
  for (const name of machineStates) {
    const path = `bbl/vars/${name}`
    const text = await files.readTextIfAny(`${state}/${path}`)
    if (text !== undefined) wrong.push(...faultsOf(text).map(fault => `${path}: ${fault}`))
  }
  if (wrong.length === 0) return
  throw new UserError(
    'refused',
    `${wrong.join('; ')}, expected the state of create-env with an identity for each thing`,
    {
      hint: 'compare it with what stands in the cloud; then mend it, or restore an earlier serial: causeway state log'
    }
  )
}

/** What is wrong with a state file of create-env (bosh-cli v7.10, config/deployment_state_service.go). */
function faultsOf(text: string): string[] {
  const state = parseJson(text)
  if (!isRecord(state)) return ['found no JSON object']
  return [
    ...textFaults(state, ['current_vm_cid', 'current_disk_id', 'current_stemcell_id']),
    ...listFaults(state, 'disks', ['id', 'cid']),
    ...listFaults(state, 'stemcells', ['id', 'name', 'version', 'cid']),
    ...listFaults(state, 'releases', ['id', 'name', 'version']),
    ...danglingFaults(state, 'current_disk_id', 'disks'),
    ...danglingFaults(state, 'current_stemcell_id', 'stemcells')
  ]
}

/** create-env leaves these out or empty while there is none of them; any other kind of value is no identity. */
function textFaults(state: Readonly<Record<string, unknown>>, keys: readonly string[]): string[] {
  return keys.flatMap(key => {
    const value = state[key]
    return value === undefined || value === null || typeof value === 'string' ? [] : [`${key}: found no text`]
  })
}

function listFaults(
  state: Readonly<Record<string, unknown>>,
  list: string,
  keys: readonly string[]
): string[] {
  const things = state[list]
  if (things === undefined || things === null) return []
  if (!Array.isArray(things)) return [`${list}: found no list`]
  return things.flatMap((thing: unknown, index) => {
    if (!isRecord(thing)) return [`${list}[${index}]: found no object`]
    const lacking = keys.filter(key => typeof thing[key] !== 'string' || thing[key] === '')
    return lacking.length === 0 ? [] : [`${list}[${index}]: found no ${lacking.join(', ')}`]
  })
}

/** What is current must be among what is known: else create-env makes another one beside it. */
function danglingFaults(state: Readonly<Record<string, unknown>>, current: string, list: string): string[] {
  const id = state[current]
  const things: unknown = state[list]
  if (typeof id !== 'string' || id === '' || !Array.isArray(things)) return []
  const isKnown = things.some((thing: unknown) => isRecord(thing) && thing['id'] === id)
  return isKnown ? [] : [`${current}: found ${id}, which ${list} does not know`]
}
