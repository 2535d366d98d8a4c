import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabState } from '../../../src/lab/lab-service.ts'
import { jobOf } from '../../../src/lab/platform/jobs.ts'
import { ContainerNetwork, type Contributor, type Packets } from '../../../src/lab/platform/network.ts'
import type { Machine, Policy, ServicePort } from '../../../src/lab/platform/world.ts'

const image = 'lab/probe:1'

/** Two apps on the first cell, two pods on the first worker, one on the second: what the connectivity matrix needs. */
export interface TestNetwork {
  readonly network: ContainerNetwork
  /** Changed by tests. */
  readonly policies: Policy[]
  readonly services: ServicePort[]
  /** Address of `app-a`, `app-b`, `pod-a`, `pod-b` or `pod-c`. */
  addressOf(name: string): string
  idOf(name: string): string
  machineOf(name: string): Machine
  close(): void
}

export function openNetwork(state: () => LabState, packets?: Packets): TestNetwork {
  const folder = mkdtempSync(join(tmpdir(), 'network-'))
  const network = new ContainerNetwork(folder, state, packets)
  const ids: Readonly<Record<string, string>> = {
    'app-a': 'app/a/0',
    'app-b': 'app/b/0',
    'pod-a': 'pod/probes/pod-a',
    'pod-b': 'pod/probes/pod-b',
    'pod-c': 'pod/probes/pod-c'
  }
  const policies: Policy[] = []
  const services: ServicePort[] = []
  const contributor: Contributor = {
    containers: () =>
      Object.values(ids).map(id => {
        const [kind = '', guid = ''] = id.split('/')
        return kind === 'app'
          ? { id, kind: 'app', policyGroup: guid, image }
          : { id, kind: 'pod', policyGroup: '', image }
      }),
    policies: () => policies,
    services: () => services,
    kubernetesApi: () => ({ address: '10.100.200.1', port: 443 })
  }
  network.join(contributor)
  const withJob = (job: string): readonly Machine[] =>
    network.machines().filter(({ group }) => jobOf(group, job) !== undefined)
  const [cell] = withJob('rep')
  const [first, second] = withJob('kubelet')
  const places = { 'app-a': cell, 'app-b': cell, 'pod-a': first, 'pod-b': first, 'pod-c': second }
  for (const [name, machine] of Object.entries(places)) {
    if (machine !== undefined) network.place(ids[name] ?? '', machine)
  }
  const found = (name: string): { readonly machine: Machine; readonly address: string } => {
    const place = network.find(ids[name] ?? '')
    if (place === undefined) throw new Error(`${name} has no place`)
    return place
  }
  return {
    network,
    policies,
    services,
    addressOf: name => found(name).address,
    idOf: name => ids[name] ?? '',
    machineOf: name => found(name).machine,
    close: () => {
      network.leave(contributor)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
