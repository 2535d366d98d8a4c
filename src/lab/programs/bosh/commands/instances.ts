import { at, isMap, listAt, textAt, textsAt, type Value, type ValueMap } from '../../../../manifest/value.ts'
import { attempt } from '../bosh-error.ts'
import type { Director } from '../director.ts'
import type { Session } from '../session.ts'
import { column } from '../table.ts'
import { data, flag, integer, lines, text, type Cell } from '../values.ts'
import { vitalsOf, vitalTitles } from '../vitals.ts'
import { namesOf } from './deployments.ts'

/** `bosh vms`: of one deployment, or of all. */
export async function vms(session: Session): Promise<void> {
  const { flags } = session.line
  const shape: Shape = {
    vm: true,
    deployment: false,
    details: false,
    processes: false,
    stemcell: true,
    cloudProperties: flags.has('cloud-properties'),
    vitals: flags.has('vitals')
  }
  await show(session, 'vms', shape)
}

/** `bosh instances`: of one deployment, or of all. */
export async function instances(session: Session): Promise<void> {
  const { flags } = session.line
  const shape: Shape = {
    vm: false,
    deployment: true,
    details: flags.has('details'),
    processes: flags.has('ps'),
    stemcell: false,
    cloudProperties: false,
    vitals: flags.has('vitals')
  }
  await show(session, 'instances', shape)
}

/** Which columns a table of instances has. */
interface Shape {
  readonly vm: boolean
  readonly deployment: boolean
  readonly details: boolean
  readonly processes: boolean
  readonly stemcell: boolean
  readonly cloudProperties: boolean
  readonly vitals: boolean
}

async function show(session: Session, kind: 'vms' | 'instances', shape: Shape): Promise<void> {
  const director = await session.director()
  const chosen = session.line.flags.text('deployment') ?? ''
  const names = chosen === '' ? await namesOf(director) : [chosen]
  const found = await Promise.all(names.map(name => infosOf(director, name, kind)))
  for (const [index, name] of names.entries()) {
    session.ui.table({
      title: `Deployment '${name}'`,
      content: kind,
      header: titlesOf(shape).map(column),
      sortBy: [
        { column: 0, ascending: true },
        ...(kind === 'instances' ? [{ column: 1, ascending: true }] : [])
      ],
      rows: (found[index] ?? []).flatMap(info => rowsOf(info, name, shape, session.line.flags.has('failing')))
    })
  }
}

/** One JSON object a line: what the agents of a deployment say. */
async function infosOf(director: Director, name: string, kind: string): Promise<ValueMap[]> {
  return attempt(`Listing deployment '${name}' ${kind} infos`, async () => {
    const { result } = await director.task('GET', `/deployments/${name}/${kind}?format=full`)
    const pieces = result.split('\n').filter(piece => piece !== '')
    return pieces.map(piece => JSON.parse(piece) as Value).filter(isMap)
  })
}

function titlesOf(shape: Shape): readonly string[] {
  return [
    'Instance',
    ...(shape.processes ? ['Process'] : []),
    'Process State',
    'AZ',
    'IPs',
    ...(shape.deployment ? ['Deployment'] : []),
    ...(shape.details
      ? ['State', 'VM CID', 'VM Type', 'Disk CIDs', 'Agent ID', 'Index', 'Bootstrap', 'Ignore']
      : []),
    ...(shape.vm ? ['VM CID', 'VM Type', 'Active'] : []),
    ...(shape.stemcell ? ['Stemcell'] : []),
    ...(shape.cloudProperties ? ['Cloud Properties'] : []),
    ...(shape.vitals ? vitalTitles : [])
  ]
}

function rowsOf(info: ValueMap, deployment: string, shape: Shape, onlyFailing: boolean): Cell[][] {
  if (onlyFailing && isRunning(info)) return []
  const name = text(nameOf(info))
  const row = instanceRow(info, name, deployment, shape)
  if (!shape.processes) return [row]
  const processes = listAt(info, 'processes').filter(
    process => !onlyFailing || textAt(process, 'state') !== 'running'
  )
  return [row, ...processes.map(process => processRow(process, name, row.length))]
}

function instanceRow(info: ValueMap, name: Cell, deployment: string, shape: Shape): Cell[] {
  const field = (key: string): Cell => text(textAt(info, key) ?? '')
  const vmType = text((textAt(info, 'vm_type') ?? '') || (textAt(info, 'resource_pool') ?? ''))
  return [
    name,
    ...(shape.processes ? [text('')] : []),
    text(stateOf(info)),
    field('az'),
    lines(textsAt(info, 'ips')),
    ...(shape.deployment ? [text(deployment)] : []),
    ...(shape.details
      ? [
          field('state'),
          field('vm_cid'),
          vmType,
          lines(disksOf(info)),
          field('agent_id'),
          integer(Number(at(info, 'index') ?? 0)),
          flag(at(info, 'bootstrap') === true),
          flag(at(info, 'ignore') === true)
        ]
      : []),
    ...(shape.vm ? [field('vm_cid'), vmType, activeOf(info)] : []),
    ...(shape.stemcell ? [stemcellOf(info)] : []),
    ...(shape.cloudProperties ? [data(at(info, 'cloud_properties') ?? null)] : []),
    ...(shape.vitals ? vitalsOf(info) : [])
  ]
}

function processRow(process: Value, name: Cell, width: number): Cell[] {
  const cells = [name, text(textAt(process, 'name') ?? ''), text(textAt(process, 'state') ?? '')]
  return [...cells, ...Array.from({ length: width - cells.length }, () => text(''))]
}

function nameOf(info: ValueMap): string {
  const group = textAt(info, 'job_name') ?? ''
  const id = textAt(info, 'id') ?? ''
  return (group === '' ? '?' : group) + (id === '' ? '' : `/${id}`)
}

/** Without processes there is nothing that could run, and nothing is shown. */
function stateOf(info: ValueMap): string {
  const state = textAt(info, 'job_state') ?? ''
  return state !== 'running' || listAt(info, 'processes').length > 0 ? state : ''
}

function isRunning(info: ValueMap): boolean {
  const processes = listAt(info, 'processes')
  return stateOf(info) === 'running' && processes.every(process => textAt(process, 'state') === 'running')
}

function disksOf(info: ValueMap): readonly string[] {
  const several = textsAt(info, 'disk_cids')
  const one = textAt(info, 'disk_cid') ?? ''
  return several.length === 0 && one !== '' ? [one] : several
}

function activeOf(info: ValueMap): Cell {
  const active = at(info, 'active')
  return text(typeof active === 'boolean' ? String(active) : '-')
}

function stemcellOf(info: ValueMap): Cell {
  const name = textAt(info, 'stemcell', 'name') ?? ''
  return text(name === '' ? '-' : `${name}/${textAt(info, 'stemcell', 'version') ?? ''}`)
}
