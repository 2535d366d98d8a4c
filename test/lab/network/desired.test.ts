import { describe, expect, it } from 'vitest'
import { desiredNetwork } from '../../../src/lab/network/desired.ts'
import { emptyNetwork } from '../../../src/lab/network/model.ts'
import { container, machine, sources, world } from './world.ts'

const cell = machine('diego-cell', 0, '127.90.5.11', { rep: {}, 'vxlan-policy-agent': {} }, 1)
const worker = machine('worker', 0, '127.90.5.12', { kubelet: {} }, 2)
const database = machine('database', 0, '127.90.5.13', { 'pxc-mysql': {} })

describe('the network that a lab asks for', () => {
  it('is empty without machines that have containers or a share', () => {
    expect(desiredNetwork(world([]), sources)).toEqual(emptyNetwork)
    expect(desiredNetwork(world([database]), sources)).toEqual(emptyNetwork)
  })

  it('has a host for each of the others, with its address on the wire, and a container for each that has an address', () => {
    const app = container('app/6a8f/0', cell, '10.255.1.2')
    const pod = container('pod/default/web', worker, '10.255.2.2')
    const { hosts, containers } = desiredNetwork(world([cell, database, worker], [app, pod]), sources)
    expect(hosts.map(({ name }) => name)).toEqual(['outside', 'lab.diego-cell.0', 'lab.worker.0'])
    expect(containers.map(({ name, listens }) => [name, listens])).toEqual([
      ['app.6a8f.0', [8080]],
      ['pod.default.web', [8080]]
    ])
    const lines = hosts[1]?.devices.flatMap(({ ip }) => ip.map(({ add }) => add))
    expect(lines).toContain('address add 10.26.5.11/24 dev eth0')
    expect(lines).toContain('route replace 10.255.2.0/24 via 10.255.2.0 dev silk-vtep src 10.255.1.0')
    expect(lines?.filter(line => line.startsWith('link add s-'))).toHaveLength(1)
  })

  it('puts machines of several ranges into the smallest network that holds all', () => {
    const far = machine('worker', 1, '127.90.6.12', { kubelet: {} }, 3)
    const { hosts } = desiredNetwork(world([worker, far]), sources)
    expect(hosts[1]?.devices.flatMap(({ ip }) => ip.map(({ add }) => add))).toContain(
      'address add 10.26.5.12/22 dev eth0'
    )
  })

  it('has no silk-vtep on a machine without a share', () => {
    const { hosts } = desiredNetwork(
      world([machine('master', 0, '127.90.5.9', { 'kube-apiserver': {} })]),
      sources
    )
    expect(hosts[1]?.devices.map(({ id }) => id)).toEqual(['lo', 'eth0 10.26.5.9 10.26.5.0/24'])
  })
})
