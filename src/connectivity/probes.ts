import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { Duration } from '../core/duration.ts'
import { untilStable } from '../core/wait.ts'
import type { Cf } from '../tools/cf.ts'
import type { Kubectl } from '../tools/kubectl.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import { probePort, type Endpoint } from './matrix.ts'
import { namespace, podManifests, type ProbePod } from './probe-pods.ts'
import type { Answer, Prober } from './run-matrix.ts'

const org = 'causeway-connectivity'
const space = 'probes'
const apps = ['app-a', 'app-b'] as const
const pods: readonly ProbePod[] = [
  { name: 'pod-a', worker: 'first' },
  { name: 'pod-b', worker: 'first' },
  { name: 'pod-c', worker: 'second' }
]
/** How long a request may take before it counts as unanswered. */
const answerWithinSeconds = 5

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

/** Pushes the probe as apps, runs it as pods, and learns their addresses. */
export async function setUpProbes(options: ProbeOptions): Promise<Probes> {
  const { log } = options
  log.info('probes: two apps and three pods')
  // Both to their end, so that a failure of one is the last that the log says, and nothing is left to itself.
  const [ofApps, ofPods] = await Promise.allSettled([setUpApps(options), setUpPods(options)])
  if (ofApps.status === 'fulfilled' && ofPods.status === 'fulfilled') {
    const addresses = new Map<Endpoint, string>([...ofApps.value, ...ofPods.value])
    return { prober: proberOf(options, addresses), remove: () => removeProbes(options) }
  }
  await removeProbes(options)
  throw ofApps.status === 'rejected' ? ofApps.reason : (ofPods as PromiseRejectedResult).reason
}

async function setUpApps({ cf, image }: ProbeOptions): Promise<[Endpoint, string][]> {
  await cf.login()
  await cf.enableFeatureFlag('diego_docker')
  // What an ended run left would keep its policies too.
  await cf.deleteOrg(org)
  await cf.createOrg(org)
  await cf.createSpace(org, space)
  await cf.target(org, space)
  const found: [Endpoint, string][] = []
  for (const app of apps) {
    await cf.push({ app, image, memory: '64M' })
    found.push([app, await cf.internalAddress(app)])
  }
  return found
}

async function setUpPods({ kubectl, image, signal }: ProbeOptions): Promise<[Endpoint, string][]> {
  await kubectl.delete('namespace', namespace)
  const [first, second] = await workersOf(kubectl)
  await kubectl.apply(podManifests(pods, { first, second }, image))
  for (const { name } of pods) await kubectl.wait(namespace, `pod/${name}`, 'condition=Ready', 180)
  const found = new Map<string, string>()
  await untilStable(
    async () => {
      for (const pod of await kubectl.get('pods', { namespace })) {
        const name = textAt(pod, 'metadata', 'name')
        const address = textAt(pod, 'status', 'podIP')
        if (name !== undefined && address !== undefined) found.set(name, address)
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
  return pods.map(({ name }) => [name, found.get(name) ?? ''])
}

async function workersOf(kubectl: Kubectl): Promise<[string, string]> {
  const names = (await kubectl.get('nodes')).flatMap(node => textAt(node, 'metadata', 'name') ?? [])
  const [first, second] = names
  if (first !== undefined && second !== undefined) return [first, second]
  throw new UserError('program', `the cluster: found ${names.length} nodes, expected at least 2`, {
    hint: 'give cfcr at least two workers in the record'
  })
}

function proberOf({ cf, kubectl }: ProbeOptions, addresses: ReadonlyMap<Endpoint, string>): Prober {
  const addressOf = (endpoint: Endpoint): string => addresses.get(endpoint) ?? ''
  const url = (to: Endpoint): string => `http://${addressOf(to)}:${probePort}/`
  // The probe's image has wget, and no curl.
  const wget = (to: Endpoint): string[] => ['wget', '-T', String(answerWithinSeconds), '-qO-', url(to)]
  const isApp = (endpoint: Endpoint): boolean => endpoint.startsWith('app-')
  return {
    addressOf,
    commandOf: (from, to) =>
      isApp(from)
        ? `cf ssh ${from} -c "${wget(to).join(' ')}"`
        : `kubectl exec -n ${namespace} ${from} -- ${wget(to).join(' ')}`,
    ask: async (from, to) =>
      readAnswer(
        isApp(from) ? await cf.ssh(from, wget(to).join(' ')) : await kubectl.exec(namespace, from, wget(to))
      ),
    allow: (from, to) => cf.addNetworkPolicy(from, to, probePort),
    forbid: (from, to) => cf.removeNetworkPolicy(from, to, probePort),
    nowMillis: () => Math.round(performance.now())
  }
}

/** The probe answers `{"peer":"10.255.1.2"}`: the address that it was asked from. */
function readAnswer(text: string): Answer {
  const parsed = parseJson(text)
  const peer = isRecord(parsed) ? parsed['peer'] : undefined
  if (typeof peer === 'string') return { peer }
  throw new UserError(
    'program',
    `the probe: found ${JSON.stringify(text.slice(0, 200))}, expected {"peer": …}`
  )
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
