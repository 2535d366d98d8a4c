import { jobOf } from '../jobs.ts'
import type { ContainerNetwork } from '../network.ts'
import type { Machine } from '../world.ts'
import type { KubeObject } from './object.ts'

/** The workers that run, by the name of their node: kubelet registers with the machine's address. */
export function workersOf(network: ContainerNetwork): ReadonlyMap<string, Machine> {
  const workers = network.machines().filter(({ group }) => jobOf(group, 'kubelet') !== undefined)
  return new Map(workers.map(machine => [machine.address, machine]))
}

/** Whether kubelet on a worker takes pods. */
export function isReady({ pods }: Machine): boolean {
  return pods !== undefined && (pods.kind !== 'none' || pods.nodeReady)
}

/** A worker as the API shows it. Labels are those that kubo-release gives (jobs/kubelet/templates/bin/kubelet_ctl.erb). */
export function nodeJson(name: string, machine: Machine, version: string): KubeObject {
  const { instance, pods } = machine
  const reason = pods?.kind === 'none' ? pods.reason : ''
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: instance.id,
      labels: {
        'bosh.id': instance.id,
        'bosh.zone': instance.az,
        'spec.ip': machine.address,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux'
      }
    },
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address: machine.address },
        { type: 'Hostname', address: name }
      ],
      capacity: { pods: '110' },
      conditions: [
        isReady(machine)
          ? {
              type: 'Ready',
              status: 'True',
              reason: 'KubeletReady',
              message: 'kubelet is posting ready status'
            }
          : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: reason }
      ],
      nodeInfo: {
        kubeletVersion: version,
        containerRuntimeVersion: 'docker://19.3.5',
        osImage: 'Ubuntu 16.04 LTS',
        kernelVersion: '4.15.0-lab',
        architecture: 'amd64',
        operatingSystem: 'linux'
      }
    }
  }
}
