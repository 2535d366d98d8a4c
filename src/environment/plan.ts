import { createHash } from 'node:crypto'
import type { DeploymentRecord, EnvironmentRecord } from './record.ts'
import type { Snapshot } from './snapshot.ts'
import type { VersionSet } from './version-set.ts'

/** One thing that a repave destroys or creates. */
export interface PlanItem {
  readonly kind:
    | 'kubernetes objects'
    | 'deployment'
    | 'orphaned disk'
    | 'stray VM'
    | 'director'
    | 'jumpbox'
    | 'load balancer'
    | 'network'
    | 'infrastructure'
    | 'release'
    | 'tests'
  readonly name: string
  /** What of it, or of which version. */
  readonly detail: string
  /** Releases and stemcells of a deployment, as `name/version`. */
  readonly contains?: readonly string[]
}

/** What a repave does to one environment, in the order in which it does it. */
export interface RepavePlan {
  readonly environment: string
  readonly destroys: readonly PlanItem[]
  readonly creates: readonly PlanItem[]
  /** Pinned versions by name. */
  readonly versions: Readonly<Record<string, string>>
  /**
   * SHA-256 of all the above, of what the record asks of the deployments, and of the state's serial: the same plan has
   * the same digest wherever it is made, and another one as soon as somebody touched the environment.
   */
  readonly digest: string
}

export interface PlanInput {
  readonly record: EnvironmentRecord
  readonly versions: VersionSet
  readonly existing: Snapshot
}

/** Says what a repave would destroy and create. Looks at nothing but what it is given. */
export function planRepave({ record, versions, existing }: PlanInput): RepavePlan {
  const plan = {
    environment: record.name,
    destroys: destroysOf(existing, record.name),
    creates: createsOf(record, versions),
    versions: versionsOf(versions)
  }
  const whole = { ...plan, cf: record.cf, cfcr: record.cfcr, serial: existing.state?.serial }
  return { ...plan, digest: createHash('sha256').update(canonical(whole)).digest('hex') }
}

/**
 * What depends goes before what it depends on: objects of Kubernetes that BOSH does not know, consumers of links before
 * providers, disks while there is a Director to delete them, machines before their network.
 */
function destroysOf(existing: Snapshot, environment: string): PlanItem[] {
  const { deployments, vms, disks } = existing
  const hasCfcr = deployments.some(({ name }) => name === 'cfcr')
  const ofDeployment = deployments
    .toSorted((a, b) => rank(a.name) - rank(b.name) || compare(a.name, b.name))
    .map(({ name, releases, stemcells }): PlanItem => {
      const machines = vms.filter(({ deployment }) => deployment === name).length
      const kept = disks.filter(({ deployment }) => deployment === name).length
      const detail = [count(machines, 'VM'), count(kept, 'disk'), count(releases.length, 'release')]
      const contains = [...releases.toSorted(compare), ...stemcells.toSorted(compare)]
      return { kind: 'deployment', name, detail: detail.filter(text => text !== '').join(', '), contains }
    })
  const loose = vms.filter(({ deployment }) => deployment === undefined)
  const named = (instance: string): PlanItem[] =>
    loose
      .filter(vm => vm.instance === instance)
      .map(({ cid }) => ({
        kind: instance === 'director' ? 'director' : 'jumpbox',
        name: instance === 'director' ? `bosh-${environment}` : `jumpbox-${environment}`,
        detail: cid
      }))
  const strays = loose.filter(({ instance }) => instance !== 'director' && instance !== 'jumpbox')
  return [
    ...(hasCfcr ? [kubernetesObjects] : []),
    ...ofDeployment,
    ...disks
      .filter(({ deployment }) => deployment === undefined)
      .map(({ cid }): PlanItem => ({ kind: 'orphaned disk', name: cid, detail: '' }))
      .toSorted(byName),
    ...strays
      .map(({ instance, cid }): PlanItem => ({ kind: 'stray VM', name: cid, detail: instance }))
      .toSorted(byName),
    ...named('director'),
    ...named('jumpbox'),
    ...existing.load_balancers.toSorted(compare).map(bare('load balancer')),
    ...existing.networks.toSorted(compare).map(bare('network'))
  ]
}

const kubernetesObjects: PlanItem = {
  kind: 'kubernetes objects',
  name: 'cfcr',
  detail: 'services of type LoadBalancer, persistent volumes'
}

/** CFCR consumes links of CF, so CF goes last. */
function rank(deployment: string): number {
  return deployment === 'cf' ? 2 : deployment === 'cfcr' ? 0 : 1
}

function createsOf(record: EnvironmentRecord, { repositories }: VersionSet): PlanItem[] {
  const { name, iaas, region, network, director } = record
  const kubo = repositories['kubo-release'].version
  const silk = repositories['silk-release'].version
  const isSilk = network.kind === 'silk'
  const overlay = isSilk ? `silk ${network.overlay}, /${network.subnet_prefix} a machine` : network.kind
  return [
    { kind: 'infrastructure', name, detail: `${iaas} ${region}` },
    { kind: 'jumpbox', name: `jumpbox-${name}`, detail: 'bbl' },
    {
      kind: 'director',
      name: `bosh-${name}`,
      detail: director === 'bucc' ? `bucc ${repositories.bucc.version}` : 'plain'
    },
    {
      kind: 'deployment',
      name: 'cf',
      detail: [
        `cf-deployment ${repositories['cf-deployment'].version}`,
        record.system_domain,
        ...own(record.cf)
      ].join(', ')
    },
    ...(isSilk
      ? [{ kind: 'release', name: 'kubo', detail: `kubo-release ${kubo} with silk ${silk}` } as const]
      : []),
    {
      kind: 'deployment',
      name: 'cfcr',
      detail: [
        `kubo-deployment ${repositories['kubo-deployment'].version}`,
        overlay,
        ...own(record.cfcr)
      ].join(', ')
    },
    { kind: 'tests', name: 'connectivity', detail: `pod_ip ${record.pod_ip}` }
  ]
}

/** What a record asks of a deployment besides ours. Values of vars may be long, so their names stand for them. */
function own({ ops, vars, scale }: DeploymentRecord): string[] {
  const names = Object.keys(vars).toSorted(compare)
  return [
    ...ops,
    ...(names.length === 0 ? [] : [`vars ${names.join(' ')}`]),
    ...Object.entries(scale)
      .toSorted(([a], [b]) => compare(a, b))
      .map(([group, instances]) => `${group} ×${instances}`)
  ]
}

function versionsOf({ repositories, programs }: VersionSet): Record<string, string> {
  const pins = Object.entries(repositories).map(([name, { version }]) => [name, version] as const)
  return Object.fromEntries([...pins, ...Object.entries(programs)].toSorted(([a], [b]) => compare(a, b)))
}

function bare(kind: PlanItem['kind']): (name: string) => PlanItem {
  return name => ({ kind, name, detail: '' })
}

function byName(a: PlanItem, b: PlanItem): number {
  return compare(a.name, b.name)
}

/** By code points: the same order on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function count(amount: number, thing: string): string {
  if (amount === 0) return ''
  return `${amount} ${thing}${amount === 1 ? '' : 's'}`
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => compare(a, b)))
      : inner
  )
}
