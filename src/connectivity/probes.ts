import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { Duration } from '../core/duration.ts'
import { untilStable } from '../core/wait.ts'
import type { Cf } from '../tools/cf.ts'
import type { Kubectl } from '../tools/kubectl.ts'
import { isRecord } from '../tools/table.ts'
import { probePort, type Place } from './matrix.ts'
import { placesOf, type Places, type PodPlace } from './places.ts'
import { namespace, probeManifests, type ProbePod, type ProbeService } from './probe-pods.ts'
import type { Prober } from './prober.ts'

const org = 'causeway-connectivity'
const space = 'probes'
const apps = ['app-a', 'app-b'] as const
const pods: readonly ProbePod[] = [
  { name: 'pod-a', worker: 'first' },
  { name: 'pod-b', worker: 'first' },
  { name: 'pod-c', worker: 'second' }
]
const services: readonly ProbeService[] = [
  { name: 'service-a', pod: 'pod-a' },
  { name: 'service-c', pod: 'pod-c' }
]

export interface Probes {
  readonly prober: Prober
  /** Takes apps and pods away again. */
  remove(): Promise<void>
}

export interface ProbeOptions {
  readonly cf: Cf
  readonly kubectl: Kubectl
  readonly image: string
  readonly log: Log
  readonly signal: AbortSignal
}

/** Pushes the probe as apps, runs it as pods behind services, and learns their addresses. */
export async function setUpProbes(options: ProbeOptions): Promise<Probes> {
  const { log } = options
  log.info(`probes: ${apps.length} apps, ${pods.length} pods, ${services.length} services`)
  // Both to their end, so that a failure of one is the last that the log says, and nothing is left to itself.
  const [ofApps, ofPods] = await Promise.allSettled([setUpApps(options), setUpPods(options)])
  if (ofApps.status === 'fulfilled' && ofPods.status === 'fulfilled') {
    const places = placesOf(ofApps.value, ofPods.value.pods, ofPods.value.services)
    return { prober: proberOf(options, places), remove: () => removeProbes(options) }
  }
  await removeProbes(options)
  throw ofApps.status === 'rejected' ? ofApps.reason : (ofPods as PromiseRejectedResult).reason
}

async function setUpApps({ cf, image }: ProbeOptions): Promise<ReadonlyMap<string, string>> {
  await cf.login()
  await cf.enableFeatureFlag('diego_docker')
  // What an ended run left would keep its policies too.
  await cf.deleteOrg(org)
  await cf.createOrg(org)
  await cf.createSpace(org, space)
  await cf.target(org, space)
  const found = new Map<string, string>()
  for (const app of apps) {
    await cf.push({ app, image, memory: '64M' })
    found.set(app, await cf.internalAddress(app))
  }
  return found
}

interface InCluster {
  readonly pods: ReadonlyMap<string, PodPlace>
  readonly services: ReadonlyMap<string, string>
}

async function setUpPods({ kubectl, image, signal }: ProbeOptions): Promise<InCluster> {
  await kubectl.delete('namespace', namespace)
  const [first, second] = await workersOf(kubectl)
  await kubectl.apply(probeManifests(pods, services, { first, second }, image))
  for (const { name } of pods) await kubectl.wait(namespace, `pod/${name}`, 'condition=Ready', 180)
  const found = new Map<string, PodPlace>()
  await untilStable(
    async () => {
      for (const pod of await kubectl.get('pods', { namespace })) {
        const name = textAt(pod, 'metadata', 'name')
        const address = textAt(pod, 'status', 'podIP')
        const worker = textAt(pod, 'status', 'hostIP')
        if (name !== undefined && address !== undefined && worker !== undefined) {
          found.set(name, { address, worker })
        }
      }
      const without = pods.filter(pod => !found.has(pod.name)).map(pod => pod.name)
      if (without.length > 0) throw new UserError('timeout', `${without.join(', ')} without an address`)
    },
    {
      what: "the pods' addresses",
      times: 1,
      every: Duration.seconds(2),
      deadline: Duration.minutes(2),
      signal
    }
  )
  const own = await kubectl.get('services', { namespace })
  const api = await kubectl.get('services', { namespace: 'default' })
  return {
    pods: found,
    services: new Map([
      ...own.flatMap(service => addressIn(service, textAt(service, 'metadata', 'name') ?? '')),
      ...api
        .filter(service => textAt(service, 'metadata', 'name') === 'kubernetes')
        .flatMap(service => addressIn(service, 'api'))
    ])
  }
}

function addressIn(service: Readonly<Record<string, unknown>>, name: string): [string, string][] {
  const address = textAt(service, 'spec', 'clusterIP')
  return address === undefined ? [] : [[name, address]]
}

async function workersOf(kubectl: Kubectl): Promise<[string, string]> {
  const names = (await kubectl.get('nodes')).flatMap(node => textAt(node, 'metadata', 'name') ?? [])
  const [first, second] = names
  if (first !== undefined && second !== undefined) return [first, second]
  throw new UserError('program', `the cluster: found ${names.length} nodes, expected at least 2`, {
    hint: 'give cfcr at least two workers in the record'
  })
}

function proberOf({ cf, kubectl }: ProbeOptions, places: Places): Prober {
  const isApp = (place: Place): boolean => place.startsWith('app-')
  return {
    places,
    lineOf: (from, argv) =>
      isApp(from)
        ? `cf ssh ${from} -c "${argv.join(' ')}"`
        : `kubectl exec -n ${namespace} ${from} -- ${argv.join(' ')}`,
    run: (from, argv) => (isApp(from) ? cf.ssh(from, argv.join(' ')) : kubectl.exec(namespace, from, argv)),
    allow: (from, to) => cf.addNetworkPolicy(from, to, probePort),
    forbid: (from, to) => cf.removeNetworkPolicy(from, to, probePort)
  }
}

function textAt(object: Readonly<Record<string, unknown>>, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), object)
  return typeof found === 'string' && found !== '' ? found : undefined
}

async function removeProbes({ cf, kubectl, log }: ProbeOptions): Promise<void> {
  const done = await Promise.allSettled([cf.deleteOrg(org), kubectl.delete('namespace', namespace)])
  const failed = done.filter(result => result.status === 'rejected').length
  if (failed > 0) log.warn('probes: not all of them could be removed; the next run removes them first')
}
