import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PacketNetwork } from '../../../src/lab/network/packet-network.ts'
import { placesOf } from '../../../src/lab/network/places.ts'
import { runLine } from '../../../src/lab/platform/shell.ts'
import { runningState, silkCredentials } from '../platform/deployed.ts'
import { cfcrManifest, cfManifest } from '../platform/manifests.ts'
import { openNetwork, type TestNetwork } from '../platform/network.ts'
import { builtService } from '../programs/built.ts'
import { dirname } from 'node:path'
import { unable, whyNot } from './able.ts'

const place = { folder: dirname(builtService), nodeArgs: [] }

describe.skipIf(unable !== undefined)(`the manifests of a repave, deployed, with packets${whyNot}`, () => {
  let net: TestNetwork
  const said: string[] = []

  beforeAll(async () => {
    const state = runningState([cfManifest(), cfcrManifest('silk_daemon')], await silkCredentials())
    net = openNetwork(() => state, new PacketNetwork(placesOf(place), line => said.push(line)))
  })
  afterAll(() => net.close())

  const ask = async (from: string, to: string): Promise<unknown> => {
    const shell = {
      network: net.network,
      origin: { kind: 'container', id: net.idOf(from) },
      hostname: from,
      env: {},
      lookUp: () => undefined
    } as const
    const { exitCode, stdout } = await runLine(shell, `curl -s http://${net.addressOf(to)}:8080/`)
    return exitCode === 0 ? (JSON.parse(stdout) as unknown) : exitCode
  }

  it('come to the same end as without, for each of apps and pods', async () => {
    const names = ['app-a', 'app-b', 'pod-a', 'pod-b', 'pod-c']
    const pairs = names.flatMap(from => names.map(to => [from, to] as const))
    const tried = await Promise.all(pairs.map(async ([from, to]) => [from, to, await ask(from, to)]))
    const calculated = pairs.map(([from, to]) => {
      const verdict = net.network.reach({ kind: 'container', id: net.idOf(from) }, net.addressOf(to), 8080)
      const answer = verdict.outcome === 'connected' ? { peer: verdict.source, self: net.addressOf(to) } : 7
      return [from, to, answer]
    })
    expect(tried).toEqual(calculated)
    expect(said).toEqual([])
  })

  it('follow a policy as soon as it stands', async () => {
    expect(await ask('app-a', 'app-b')).toBe(7)
    net.policies.push({ source: 'a', destination: 'b', protocol: 'tcp', start: 8080, end: 8080 })
    expect(await ask('app-a', 'app-b')).toEqual({
      peer: net.addressOf('app-a'),
      self: net.addressOf('app-b')
    })
  })
})

it('works connections out where nobody gets namespaces, and says why once', async () => {
  const said: string[] = []
  const state = runningState([cfManifest(), cfcrManifest('silk_daemon')], await silkCredentials())
  const { resident, sources } = placesOf(place)
  const nowhere = { resident: { file: `${resident.file}.none` }, sources }
  const net = openNetwork(() => state, new PacketNetwork(nowhere, line => said.push(line)))
  try {
    const from = { kind: 'container', id: net.idOf('pod-a') } as const
    for (const to of ['pod-b', 'pod-c']) {
      expect(await net.network.connect(from, net.addressOf(to), 8080)).toMatchObject({ outcome: 'connected' })
    }
    expect(said).toEqual([
      expect.stringMatching(/^connections are worked out, and not tried: .*resident\.js\.none/s)
    ])
  } finally {
    net.close()
  }
})
