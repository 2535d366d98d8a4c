import { at, isMap, listAt, textAt, wordAt, type Value, type ValueMap } from '../../../manifest/value.ts'

/** Columns of one kind of object; those of `wide` follow after its age. */
export interface Columns {
  readonly headers: readonly string[]
  readonly wideHeaders: readonly string[]
  readonly cells: (object: ValueMap, now: Date) => readonly string[]
  readonly wideCells: (object: ValueMap) => readonly string[]
}

const none = '<none>'

/** How kubectl shows objects of a kind to people (kubernetes v1.17, pkg/printers/internalversion/printers.go). */
export function columnsOf(kind: string): Columns {
  return known[kind] ?? plain([], () => [])
}

/** `5s`, `3m`, `2d`: how long ago that was. */
export function ageOf(object: ValueMap, now: Date): string {
  const created = Date.parse(textAt(object, 'metadata', 'creationTimestamp') ?? '')
  if (Number.isNaN(created)) return '<unknown>'
  const seconds = Math.max(0, Math.floor((now.getTime() - created) / 1000))
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`
}

/** A kind that is shown by its name, some cells and its age. */
function plain(
  headers: readonly string[],
  cells: (object: ValueMap) => readonly string[],
  wideHeaders: readonly string[] = [],
  wideCells: (object: ValueMap) => readonly string[] = () => []
): Columns {
  return {
    headers: ['NAME', ...headers, 'AGE'],
    wideHeaders,
    cells: (object, now) => [textAt(object, 'metadata', 'name') ?? '', ...cells(object), ageOf(object, now)],
    wideCells
  }
}

function word(object: Value, ...path: readonly string[]): string {
  const found = wordAt(object, ...path)
  return found === undefined || found === '' ? none : found
}

function count(object: Value, ...path: readonly string[]): string {
  return wordAt(object, ...path) ?? '0'
}

const known: Readonly<Record<string, Columns>> = {
  Pod: plain(
    ['READY', 'STATUS', 'RESTARTS'],
    podCells,
    ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
    pod => [word(pod, 'status', 'podIP'), word(pod, 'spec', 'nodeName'), none, none]
  ),
  Node: {
    headers: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
    wideHeaders: ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'],
    cells: (node, now) => [
      word(node, 'metadata', 'name'),
      isTrue(node, 'Ready') ? 'Ready' : 'NotReady',
      none,
      ageOf(node, now),
      word(node, 'status', 'nodeInfo', 'kubeletVersion')
    ],
    wideCells: node => [
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      ...['osImage', 'kernelVersion', 'containerRuntimeVersion'].map(key =>
        word(node, 'status', 'nodeInfo', key)
      )
    ]
  },
  Namespace: plain(['STATUS'], namespace => [word(namespace, 'status', 'phase')]),
  Service: plain(['TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)'], serviceCells, ['SELECTOR'], service => [
    pairs(at(service, 'spec', 'selector'))
  ]),
  Endpoints: plain(['ENDPOINTS'], endpoints => [
    joined(
      listAt(endpoints, 'subsets').flatMap(subset =>
        listAt(subset, 'addresses').map(address => word(address, 'ip'))
      )
    )
  ]),
  Deployment: plain(['READY', 'UP-TO-DATE', 'AVAILABLE'], deployment => [
    `${count(deployment, 'status', 'readyReplicas')}/${wordAt(deployment, 'spec', 'replicas') ?? '1'}`,
    count(deployment, 'status', 'updatedReplicas'),
    count(deployment, 'status', 'availableReplicas')
  ]),
  DaemonSet: plain(['DESIRED', 'CURRENT', 'READY'], set =>
    ['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady'].map(key => count(set, 'status', key))
  ),
  ConfigMap: plain(['DATA'], map => [entries(at(map, 'data'))]),
  Secret: plain(['TYPE', 'DATA'], secret => [word(secret, 'type'), entries(at(secret, 'data'))]),
  PersistentVolumeClaim: plain(['STATUS', 'VOLUME', 'CAPACITY'], claim => [
    word(claim, 'status', 'phase'),
    wordAt(claim, 'spec', 'volumeName') ?? '',
    wordAt(claim, 'status', 'capacity', 'storage') ?? ''
  ]),
  PersistentVolume: plain(['CAPACITY', 'RECLAIM POLICY', 'STATUS', 'CLAIM'], volume => [
    word(volume, 'spec', 'capacity', 'storage'),
    word(volume, 'spec', 'persistentVolumeReclaimPolicy'),
    word(volume, 'status', 'phase'),
    ['namespace', 'name'].map(key => wordAt(volume, 'spec', 'claimRef', key) ?? '').join('/')
  ]),
  Event: {
    headers: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
    wideHeaders: [],
    cells: (event, now) => [
      ageOf({ metadata: { creationTimestamp: wordAt(event, 'lastTimestamp') ?? '' } }, now),
      word(event, 'type'),
      word(event, 'reason'),
      `${word(event, 'involvedObject', 'kind').toLowerCase()}/${word(event, 'involvedObject', 'name')}`,
      word(event, 'message')
    ],
    wideCells: () => []
  }
}

function podCells(pod: ValueMap): readonly string[] {
  const statuses = listAt(pod, 'status', 'containerStatuses')
  const ready = statuses.filter(status => at(status, 'ready') === true).length
  const waiting = statuses.map(status => textAt(status, 'state', 'waiting', 'reason'))
  const restarts = statuses.reduce<number>((sum, status) => sum + Number(count(status, 'restartCount')), 0)
  return [
    `${ready}/${listAt(pod, 'spec', 'containers').length}`,
    waiting.find(reason => reason !== undefined) ?? word(pod, 'status', 'phase'),
    String(restarts)
  ]
}

function serviceCells(service: ValueMap): readonly string[] {
  const type = wordAt(service, 'spec', 'type') ?? 'ClusterIP'
  const external = listAt(service, 'status', 'loadBalancer', 'ingress').map(each => word(each, 'ip'))
  const ports = listAt(service, 'spec', 'ports').map(port => {
    const node = wordAt(port, 'nodePort')
    return `${word(port, 'port')}${node === undefined ? '' : `:${node}`}/${wordAt(port, 'protocol') ?? 'TCP'}`
  })
  const pending = type === 'LoadBalancer' ? '<pending>' : none
  return [
    type,
    word(service, 'spec', 'clusterIP'),
    external.length > 0 ? external.join(',') : pending,
    joined(ports)
  ]
}

/** Whether a condition of an object is true. */
export function isTrue(object: Value, type: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    condition =>
      textAt(condition, 'type')?.toLowerCase() === type.toLowerCase() &&
      textAt(condition, 'status') === 'True'
  )
}

function addressOf(node: ValueMap, type: string): string {
  const found = listAt(node, 'status', 'addresses').find(address => textAt(address, 'type') === type)
  return word(found ?? null, 'address')
}

export function pairs(map: Value | undefined): string {
  if (!isMap(map)) return none
  return joined(Object.keys(map).map(key => `${key}=${wordAt(map, key) ?? ''}`))
}

function entries(map: Value | undefined): string {
  return String(isMap(map) ? Object.keys(map).length : 0)
}

function joined(words: readonly string[]): string {
  return words.length === 0 ? none : words.join(',')
}
