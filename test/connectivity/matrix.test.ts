import { describe, expect, it } from 'vitest'
import { matrix, type Cell, type Place, type Target } from '../../src/connectivity/matrix.ts'
import { placesOf } from '../../src/connectivity/places.ts'
import { probeManifests } from '../../src/connectivity/probe-pods.ts'
import type { Prober } from '../../src/connectivity/prober.ts'
import { formatResults, summaryOf } from '../../src/connectivity/results.ts'
import { runMatrix } from '../../src/connectivity/run-matrix.ts'
import { Duration } from '../../src/core/duration.ts'

const places = placesOf(
  new Map([
    ['app-a', '10.255.1.2'],
    ['app-b', '10.255.2.2']
  ]),
  new Map([
    ['pod-a', { address: '10.255.7.2', worker: '10.0.0.11' }],
    ['pod-b', { address: '10.255.7.3', worker: '10.0.0.11' }],
    ['pod-c', { address: '10.255.8.2', worker: '10.0.0.12' }]
  ]),
  new Map([
    ['service-a', '10.100.200.7'],
    ['service-c', '10.100.200.8'],
    ['api', '10.100.200.1']
  ])
)
const targets: readonly Target[] = [
  ...(['app-a', 'app-b', 'pod-a', 'pod-b', 'pod-c'] as const),
  ...(['service-a', 'service-c', 'api'] as const)
]

/** Whether a flow is closed; how often that pair was asked before is told. */
type Closed = (from: Place, to: Target, asked: number) => boolean

/** A network that knows what SILK does to a source, and what is closed in it. It speaks as busybox does. */
class FakeNetwork implements Prober {
  readonly places = places
  readonly policies = new Set<string>()
  readonly said: string[] = []
  /** `<from> <to>`, in the order of the questions. */
  readonly asked: string[] = []
  mostAtOnce = 0
  #atOnce = 0
  readonly #closed: Closed
  readonly #sourceOf: (from: Place, to: Target) => string

  constructor(closed: Closed, sourceOf: (from: Place, to: Target) => string = silkSource) {
    this.#closed = closed
    this.#sourceOf = sourceOf
  }

  lineOf = (from: Place, argv: readonly string[]): string => `in ${from}: ${argv.join(' ')}`

  run = async (from: Place, argv: readonly string[]): Promise<string> => {
    this.#atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce)
    await new Promise(done => setImmediate(done))
    this.#atOnce -= 1
    const isName = argv[0] === 'nslookup'
    const address = /\/\/([\d.]+)/.exec(argv.at(-1) ?? '')?.[1]
    const to = isName
      ? 'api'
      : (targets.find(target => places.addressOf(target) === address) ?? expect.fail())
    const pair = `${from} ${to}`
    const before = this.asked.filter(one => one === pair).length
    this.asked.push(pair)
    if (this.#closed(from, to, before) && !this.policies.has(pair)) {
      throw new Error("kubectl exec: exit code 1\nwget: can't connect to remote host: Connection refused")
    }
    if (isName) return `Name:\tkubernetes.default.svc.cluster.local\nAddress: ${places.addressOf('api')}\n`
    if (to === 'api')
      throw new Error('kubectl exec: exit code 1\nwget: server returned error: HTTP/1.1 403 Forbidden')
    return `${JSON.stringify({ peer: this.#sourceOf(from, to) })}\n`
  }

  allow = async (from: Place, to: Target): Promise<void> => {
    this.said.push(`allow ${from} ${to}`)
    this.policies.add(`${from} ${to}`)
  }

  forbid = async (from: Place, to: Target): Promise<void> => {
    this.said.push(`forbid ${from} ${to}`)
    this.policies.delete(`${from} ${to}`)
  }
}

function silkSource(from: Place, to: Target): string {
  return to === 'service-a' && from === 'pod-a' ? '169.254.0.2' : places.addressOf(from)
}

const onSilk = (from: Place, to: Target): boolean =>
  to.startsWith('app-') || (from.startsWith('app-') && to.startsWith('service-'))
const now = Duration.milliseconds(0)
const silk = { network: 'silk', pause: now, policyWithin: now } as const
const cellOf = (id: string): Cell => matrix.find(cell => cell.id === id) ?? expect.fail(id)

describe('the matrix', () => {
  it('is as expected on a network that does what SILK does', async () => {
    const network = new FakeNetwork(onSilk)
    const cells = await runMatrix(matrix, network, silk)
    expect(cells.map(cell => [cell.id, cell.verdict])).toEqual(matrix.map(cell => [cell.id, 'pass']))
    expect(network.said).toEqual(['allow app-a app-b', 'forbid app-a app-b'])
  })

  it('is as expected on a network that does what Flannel does', async () => {
    const network = new FakeNetwork(
      (from, to) => onSilk(from, to) || from.startsWith('app-'),
      (from, to) => (to === 'service-a' ? '10.255.7.1' : places.addressOf(from))
    )
    const cells = await runMatrix(matrix, network, { ...silk, network: 'flannel' })
    expect(cells.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  })

  it('finds out a network on which everything is open: its controls pass where they must fail, and are asked once', async () => {
    const network = new FakeNetwork(() => false)
    const cells = await runMatrix(matrix, network, silk)
    const failed = cells.filter(cell => cell.verdict === 'fail').map(cell => cell.id)
    expect(failed).toEqual(matrix.filter(cell => cell.control === true).map(cell => cell.id))
    expect(network.asked.filter(pair => pair === 'pod-a app-a')).toHaveLength(1)
  })

  it('finds out a network on which nothing passes', async () => {
    const cells = await runMatrix(matrix, new FakeNetwork(() => true), silk)
    const failed = cells.filter(cell => cell.verdict === 'fail').map(cell => cell.id)
    expect(failed).toEqual(
      matrix
        .filter(({ expected, policy }) => expected.silk.outcome === 'passes' && policy !== true)
        .map(({ id }) => id)
    )
  })

  it('fails where the other side sees another address than it has to', async () => {
    const cells = await runMatrix(matrix, new FakeNetwork(onSilk, () => '10.0.0.9'), silk)
    const detailOf = (id: string): string => cells.find(cell => cell.id === id)?.detail ?? ''
    expect(detailOf('app-pod')).toBe('seen as 10.0.0.9, expected 10.255.1.2')
    expect(detailOf('pod-own-service')).toBe('seen as 10.0.0.9, expected 10.0.0.11 or 169.254.0.2')
    expect(cells.find(cell => cell.id === 'pod-api')?.verdict).toBe('pass')
  })

  it('has a negative control for apps and for pods, and every cell an id of its own', () => {
    const controls = matrix.filter(cell => cell.control === true)
    expect(new Set(controls.map(cell => cell.from.slice(0, 3)))).toEqual(new Set(['app', 'pod']))
    expect(new Set(matrix.map(cell => cell.id)).size).toBe(matrix.length)
    for (const { expected } of controls) {
      expect(Object.values(expected)).toEqual([{ outcome: 'fails' }, { outcome: 'fails' }])
    }
  })
})

describe('a run', () => {
  it('tries cells side by side, and those of the same two ends one after the other', async () => {
    const network = new FakeNetwork(onSilk)
    await runMatrix(matrix, network, { ...silk, atOnce: 3 })
    expect(network.mostAtOnce).toBe(3)
    const ofApps = network.asked.filter(pair => pair === 'app-a app-b')
    expect(ofApps).toHaveLength(2)
  })

  it('tells what did as expected only when it was tried again as a flake, with what it saw first', async () => {
    const flaky: Closed = (from, to, asked) => onSilk(from, to) || (to === 'pod-b' && asked < 2)
    const [cell] = await runMatrix([cellOf('pod-pod-same-worker')], new FakeNetwork(flaky), silk)
    expect(cell).toMatchObject({ verdict: 'flake', tries: 3 })
    expect(cell?.detail).toContain('Connection refused')
    expect(summaryOf({ cells: cell === undefined ? [] : [cell] })).toBe(
      '0 of 1 cells as expected; 1 only when tried again: pod-pod-same-worker'
    )
  })

  it('waits until a policy has arrived, which is no flake, and no longer than it may take', async () => {
    const late: Closed = (_, to, asked) => to.startsWith('app-') && asked < 3
    const network = new FakeNetwork(late)
    const arrives = network.allow
    network.allow = async (from, to) => {
      await arrives(from, to)
      network.policies.clear()
    }
    let millis = 0
    const nowMillis = (): number => (millis += 1000)
    const patient = { ...silk, policyWithin: Duration.minutes(1), nowMillis }
    const [cell] = await runMatrix([cellOf('app-app-policy')], network, patient)
    expect(cell).toMatchObject({ verdict: 'pass' })
    expect(cell?.tries).toBeUndefined()
    const never = new FakeNetwork(() => true)
    never.allow = async () => undefined
    const [closed] = await runMatrix([cellOf('app-app-policy')], never, patient)
    expect(closed?.verdict).toBe('fail')
    expect(closed?.detail).toMatch(/^1m after its policy: wget: can't connect/)
  })

  it.each(['allow', 'forbid'] as const)(
    'fails a cell whose policy it can not %s, and goes on',
    async deed => {
      const network = new FakeNetwork(onSilk)
      network[deed] = async () => {
        throw new Error('cf add-network-policy: exit code 1\nNot authorized')
      }
      const cells = await runMatrix(matrix, network, silk)
      const failed = cells.filter(({ verdict }) => verdict === 'fail')
      expect(failed.map(({ id }) => id)).toEqual(['app-app-policy'])
      expect(failed[0]?.detail).toContain('Not authorized')
    }
  )

  it('takes a policy away again when it is told to stop, and says that it was', async () => {
    const network = new FakeNetwork(onSilk)
    const abort = new AbortController()
    network.run = async () => {
      abort.abort()
      throw new Error('ended')
    }
    const stopped = runMatrix([cellOf('app-app-policy')], network, { ...silk, signal: abort.signal })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(network.policies.size).toBe(0)
  })

  it('takes no other text for an answer of the probe', async () => {
    const network = new FakeNetwork(onSilk)
    network.run = async () => '<html>'
    const [cell] = await runMatrix([cellOf('app-pod')], network, silk)
    expect(cell).toMatchObject({ verdict: 'fail', detail: 'no answer in "<html>"' })
  })
})

describe('the results', () => {
  it('are a table with a summary', async () => {
    const cells = await runMatrix(matrix, new FakeNetwork(() => false), silk)
    const results = { environment: 'lab', network: 'silk', cells }
    expect(summaryOf(results)).toBe(
      `3 of ${matrix.length} cells not as expected: app-app-no-policy, app-service, pod-app-no-policy`
    )
    expect(formatResults(results).split('\n')).toHaveLength(matrix.length + 1)
    expect(formatResults({ environment: 'lab', network: 'silk', cells: [] })).toBe('0 of 0 cells as expected')
  })
})

describe('the manifests of the probes', () => {
  it('bind pods to the workers that the cells speak of, and put one pod behind each service', () => {
    const text = probeManifests(
      [{ name: 'pod-a', worker: 'second' }],
      [{ name: 'service-a', pod: 'pod-a' }],
      { first: 'w1', second: 'w2' },
      'probe:1'
    )
    const documents = text.split('---\n').filter(part => part !== '')
    const [space, pod, service] = documents.map(part => JSON.parse(part) as Record<string, unknown>)
    expect(space).toMatchObject({ kind: 'Namespace' })
    expect(pod).toMatchObject({
      kind: 'Pod',
      spec: { nodeName: 'w2' },
      metadata: { labels: { probe: 'pod-a' } }
    })
    expect(service).toMatchObject({ kind: 'Service', spec: { selector: { probe: 'pod-a' } } })
  })
})
