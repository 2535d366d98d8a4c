import { isRecord, parseJson } from '../table.ts'
import {
  answerQueries,
  cannotDelete,
  lastPart,
  textOf,
  type Cloud,
  type CloudListing,
  type CloudResource,
  type NotChecked,
  type Row
} from './cloud.ts'

type Ask = (args: readonly string[]) => Promise<string>

/** bbl makes no networks and no load balancers on vSphere; of disks only the file's name is known, which is a uuid. */
const neverSeen: readonly NotChecked[] = [
  {
    what: 'persistent disks and stemcells',
    why: 'their names say nothing of an environment',
    kinds: ['disk', 'image']
  }
]

/** vSphere through `govc`. The BOSH CPI keeps its labels as custom attributes of the VMs. */
export function createVsphere(ask: Ask): Cloud {
  return {
    list: () => list(ask),
    async delete(resource) {
      if (resource.kind !== 'vm') throw cannotDelete(resource)
      await ask(['vm.destroy', resource.id])
    }
  }
}

async function list(ask: Ask): Promise<CloudListing> {
  const listing = await answerQueries(
    [{ kind: 'vm', what: 'VMs', args: [], read: row => readVm(row) }],
    async () => {
      const paths = parseJson((await ask(['find', '-json', '.', '-type', 'm'])).trim() || '[]')
      const names = Array.isArray(paths) ? paths.filter(path => typeof path === 'string') : []
      if (names.length === 0) return '[]'
      const info = parseJson(await ask(['vm.info', '-json', ...names]))
      const vms = isRecord(info) ? (info['virtualMachines'] ?? info['VirtualMachines']) : undefined
      return JSON.stringify(vms ?? null)
    }
  )
  return { resources: listing.resources, notChecked: [...listing.notChecked, ...neverSeen] }
}

/** Keys begin in upper case up to govc 0.29 and in lower case since then. */
function readVm(row: Row): Omit<CloudResource, 'kind'> | undefined {
  const name = either(row, 'name')
  const config = isRecord(row['config'] ?? row['Config']) ? (row['config'] ?? row['Config']) : {}
  // A stemcell is kept as a template, which is no machine.
  if (isRecord(config) && (config['template'] ?? config['Template']) === true) return undefined
  return name === '' ? undefined : { id: lastPart(name), name, labels: attributesOf(row) }
}

function attributesOf(row: Row): Record<string, string> {
  const names = new Map(
    rowsOf(row, 'availableField').map(field => [either(field, 'key'), either(field, 'name')])
  )
  return Object.fromEntries(
    rowsOf(row, 'customValue').map(value => [names.get(either(value, 'key')) ?? '', either(value, 'value')])
  )
}

function rowsOf(row: Row, key: string): Row[] {
  const found = row[key] ?? row[capital(key)]
  return Array.isArray(found) ? found.filter(isRecord) : []
}

function either(row: Row, key: string): string {
  return textOf(row, key) || textOf(row, capital(key))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
