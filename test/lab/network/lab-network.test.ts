import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabNetwork } from '../../../src/lab/network/lab-network.ts'
import type { Network } from '../../../src/lab/network/model.ts'
import { plan } from '../../../src/lab/network/plan.ts'
import { builtResident } from '../programs/built.ts'
import { unable, whyNot } from './able.ts'
import { smallNetwork, type SmallContainer } from './small-network.ts'

const containers: readonly SmallContainer[] = [
  { name: 'a', host: 1, address: '10.255.1.2', listens: [8080] },
  { name: 'b', host: 1, address: '10.255.1.3', listens: [] },
  { name: 'c', host: 2, address: '10.255.2.2', listens: [8080, 9000] }
]

describe.skipIf(unable !== undefined)(`a network${whyNot}`, () => {
  let network: LabNetwork
  let made: Network

  const change = async (desired: Network): Promise<void> => {
    await network.apply(desired)
    made = desired
  }
  const ask = (from: string, address: string, port = 8080) =>
    network.ask(from, { address, port, deadline: 5000 })
  const peerOf = (from: string, address: string, port = 8080) =>
    ask(from, address, port).then(asked =>
      asked.outcome === 'answered' ? (JSON.parse(asked.body) as { peer: string }).peer : asked.outcome
    )
  const shell = async (namespace: string, line: string) => {
    const ran = await network.exec(namespace, ['sh', '-c', line], { deadline: 5000 })
    return ran.stdout
  }

  beforeAll(async () => {
    network = await LabNetwork.open({ file: builtResident })
    await change(smallNetwork(2, containers))
  })
  afterAll(() => network.close())

  it('leads from container to container, on one host and over VXLAN, with the own address', async () => {
    expect(await peerOf('b', '10.255.1.2')).toBe('10.255.1.3')
    expect(await peerOf('b', '10.255.2.2')).toBe('10.255.1.3')
    expect(await peerOf('c', '10.255.1.2')).toBe('10.255.2.2')
    expect(await peerOf('host1', '10.255.1.2')).toBe('169.254.0.1')
    expect(await shell('host1', 'cat /sys/class/net/silk-vtep/statistics/tx_packets || :')).not.toBe('0')
  })

  it('tells what refuses, what is nowhere and what does not answer from each other', async () => {
    expect(await ask('b', '10.255.2.2', 1)).toMatchObject({ outcome: 'refused' })
    await shell('host2', 'iptables -I FORWARD -s 10.255.1.3 -j DROP')
    expect(await network.ask('b', { address: '10.255.2.2', port: 8080, deadline: 200 })).toMatchObject({
      outcome: 'timeout'
    })
    await shell('host2', 'iptables -F FORWARD; ip route add unreachable 10.99.0.0/16')
    expect(await ask('c', '10.99.0.1')).toMatchObject({ outcome: 'unreachable' })
  })

  it('has silk-vtep as silk-daemon makes it', async () => {
    expect(await shell('host1', 'ip -d link show silk-vtep')).toMatch(
      /mtu 1450 [^]*ee:ee:0a:ff:01:00 [^]*vxlan id 1 local 10\.4\.5\.11 dev eth0 [^]*dstport 4789 nolearning [^]* gbp/
    )
    expect(await shell('host1', 'ip -o -4 address show silk-vtep')).toContain(
      'inet 10.255.1.0/16 brd 10.255.255.255 scope link silk-vtep'
    )
    expect(await shell('host1', 'bridge fdb show dev silk-vtep')).toBe(
      'ee:ee:0a:ff:02:00 dst 10.4.5.12 self permanent\n'
    )
  })

  it('carries the mark of a packet to the next host, its lower half alone', async () => {
    await shell('host1', 'iptables -t mangle -A FORWARD -o silk-vtep -j MARK --set-mark 0x10002')
    const count = (mark: string): string =>
      `iptables -t mangle -A FORWARD -i silk-vtep -m mark --mark ${mark}`
    await shell('host2', `${count('0x2')}; ${count('0x10002')}`)
    await peerOf('b', '10.255.2.2')
    const counted = await shell('host2', 'iptables -t mangle -vnxL FORWARD')
    const packets = counted
      .split('\n')
      .slice(2, 4)
      .map(line => Number(line.trim().split(/\s+/)[0]))
    expect(packets).toEqual([expect.toSatisfy((value: number) => value > 0), 0])
    for (const host of ['host1', 'host2']) await shell(host, 'iptables -t mangle -F')
  })

  it('has nothing to do the second time, and leaves what others broke', async () => {
    expect(plan(made, smallNetwork(2, containers))).toEqual([])
    await shell('host1', 'bridge fdb delete ee:ee:0a:ff:02:00 dev silk-vtep dst 10.4.5.12')
    await change(smallNetwork(2, containers))
    expect(await network.ask('b', { address: '10.255.2.2', port: 8080, deadline: 200 })).toMatchObject({
      outcome: expect.stringMatching(/timeout|unreachable/) as string
    })
  })

  it('heals with a host that is made anew, and takes in another one', async () => {
    await change(smallNetwork(0, []))
    expect(await network.exec('host1', ['true'], { deadline: 5000 })).toMatchObject({ code: 1 })
    await change(smallNetwork(3, [...containers, { name: 'd', host: 3, address: '10.255.3.2', listens: [] }]))
    expect(await peerOf('d', '10.255.2.2', 9000)).toBe('10.255.3.2')
    expect(await peerOf('b', '10.255.2.2')).toBe('10.255.1.3')
  })

  it('runs programs in a namespace until their deadline', async () => {
    expect(
      await network.exec('a', ['sh', '-c', 'cat; echo no >&2; exit 3'], { deadline: 5000, input: 'in' })
    ).toEqual({
      code: 3,
      timedOut: false,
      stdout: 'in',
      stderr: 'no\n'
    })
    const ran = await network.exec('a', ['sh', '-c', 'echo on; sleep 30'], { deadline: 100 })
    expect(ran).toEqual({ timedOut: true, stdout: 'on\n', stderr: '' })
  })

  it('says what it could not do, and can begin anew', async () => {
    const right = smallNetwork(3, containers)
    const broken = { id: 'x', ip: [{ add: 'link set nothing up' }] }
    const hosts = right.hosts.map(host => ({ ...host, devices: [...host.devices, broken] }))
    await expect(network.apply({ ...right, hosts })).rejects.toThrow(
      /in host\d: Cannot find device "nothing"/
    )
    await change(right)
    expect(await peerOf('b', '10.255.2.2')).toBe('10.255.1.3')
  })
})
