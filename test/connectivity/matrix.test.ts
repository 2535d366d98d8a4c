import { describe, expect, it } from 'vitest'
import { matrix, type Cell, type Endpoint } from '../../src/connectivity/matrix.ts'
import { podManifests } from '../../src/connectivity/probe-pods.ts'
import { formatResults, summaryOf } from '../../src/connectivity/results.ts'
import { runMatrix, type Prober } from '../../src/connectivity/run-matrix.ts'

const address = (endpoint: Endpoint): string => `10.255.1.${endpoint.charCodeAt(endpoint.length - 1)}`

/** A network in which everything is open but app to app, which needs a policy; it keeps no more than that in mind. */
class FakeNetwork implements Prober {
  readonly policies = new Set<string>()
  readonly said: string[] = []
  readonly closed: (from: Endpoint, to: Endpoint) => boolean
  readonly peerOf: (from: Endpoint) => string

  constructor(
    closed: (from: Endpoint, to: Endpoint) => boolean,
    peerOf: (from: Endpoint) => string = address
  ) {
    this.closed = closed
    this.peerOf = peerOf
  }

  addressOf = address
  commandOf = (from: Endpoint, to: Endpoint): string => `ask ${to} from ${from}`
  nowMillis = (): number => 0

  async ask(from: Endpoint, to: Endpoint): Promise<{ peer: string }> {
    if (this.closed(from, to) && !this.policies.has(`${from} ${to}`))
      throw new Error('wget: connection refused')
    return { peer: this.peerOf(from) }
  }

  async allow(from: Endpoint, to: Endpoint): Promise<void> {
    this.said.push(`allow ${from} ${to}`)
    this.policies.add(`${from} ${to}`)
  }

  async forbid(from: Endpoint, to: Endpoint): Promise<void> {
    this.said.push(`forbid ${from} ${to}`)
    this.policies.delete(`${from} ${to}`)
  }
}

const toApps = (_: Endpoint, to: Endpoint): boolean => to.startsWith('app-')

describe('the matrix', () => {
  it('is as expected on a network that does what SILK does', async () => {
    const network = new FakeNetwork(toApps)
    const cells = await runMatrix(matrix, 'silk', network)
    expect(cells.map(cell => [cell.id, cell.verdict])).toEqual(matrix.map(cell => [cell.id, 'pass']))
    expect(network.said).toEqual(['allow app-a app-b', 'forbid app-a app-b'])
  })

  it('finds out a network on which everything is open: its controls pass where they must fail', async () => {
    const cells = await runMatrix(matrix, 'silk', new FakeNetwork(() => false))
    const failed = cells.filter(cell => cell.verdict === 'fail').map(cell => cell.id)
    expect(failed).toEqual(matrix.filter(cell => cell.control === true).map(cell => cell.id))
  })

  it('finds out a network on which nothing passes', async () => {
    const cells = await runMatrix(matrix, 'silk', new FakeNetwork(() => true))
    const failed = cells.filter(cell => cell.verdict === 'fail').map(cell => cell.id)
    expect(failed).toEqual(['app-pod', 'pod-pod-same-worker', 'pod-pod-other-worker'])
  })

  it('fails where the peer sees another address than the one that asked', async () => {
    const cells = await runMatrix(matrix, 'silk', new FakeNetwork(toApps, () => '10.0.0.9'))
    const cell = cells.find(one => one.id === 'app-pod')
    expect(cell).toMatchObject({ verdict: 'fail', source: '10.0.0.9' })
    expect(cell?.detail).toContain('seen as 10.0.0.9, expected 10.255.1.')
  })

  it('expects apps not to reach pods on Flannel', async () => {
    const cells = await runMatrix(
      matrix,
      'flannel',
      new FakeNetwork((from, to) => toApps(from, to) || from.startsWith('app-'))
    )
    expect(cells.find(cell => cell.id === 'app-pod')?.verdict).toBe('pass')
  })

  it('takes a policy away again when the cell breaks', async () => {
    const network = new FakeNetwork(toApps)
    const cell: Cell = { ...(matrix.find(one => one.policy === true) ?? expect.fail()), id: 'x' }
    network.ask = async () => {
      throw new Error('no app')
    }
    const [result] = await runMatrix([cell], 'silk', network)
    expect(result?.verdict).toBe('fail')
    expect(network.policies.size).toBe(0)
  })

  it('has a negative control for apps and for pods, and every cell an id of its own', () => {
    const controls = matrix.filter(cell => cell.control === true)
    expect(new Set(controls.map(cell => cell.from.slice(0, 3)))).toEqual(new Set(['app', 'pod']))
    expect(new Set(matrix.map(cell => cell.id)).size).toBe(matrix.length)
    for (const { expected } of controls) expect(Object.values(expected)).toEqual(['fails', 'fails'])
  })
})

describe('the results', () => {
  it('are a table with a summary', async () => {
    const cells = await runMatrix(matrix, 'silk', new FakeNetwork(() => false))
    const results = { environment: 'lab', network: 'silk', cells }
    expect(summaryOf(results)).toBe('2 of 6 cells not as expected: app-app-no-policy, pod-app-no-policy')
    expect(formatResults(results).split('\n')).toHaveLength(7)
    expect(formatResults({ environment: 'lab', network: 'silk', cells: [] })).toBe('0 of 0 cells as expected')
  })
})

describe('the probe pods', () => {
  it('are bound to the workers that the cells speak of', () => {
    const text = podManifests([{ name: 'pod-a', worker: 'second' }], { first: 'w1', second: 'w2' }, 'probe:1')
    const documents = text.split('---\n').filter(part => part !== '')
    expect(documents.map(part => (JSON.parse(part) as { kind: string }).kind)).toEqual(['Namespace', 'Pod'])
    expect(documents[1]).toContain('"nodeName":"w2"')
  })
})
