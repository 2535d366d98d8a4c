import type { Ran } from './resident-protocol.ts'
import { rootOf } from './silk-k8s-job.ts'

/** kubelet's question for the address of a pod, with the nsenter that each of its starts links to. */
export function addressQuestion(host: string, container: string): readonly string[] {
  const nsenter = `${rootOf(host)}/var/vcap/packages/cni/bin/nsenter`
  return [
    nsenter,
    `--net=/run/netns/${container}`,
    '-F',
    '--',
    ...'ip -o -4 addr show dev eth0 scope global'.split(' ')
  ]
}

/**
 * What kubelet makes of the answer, or its words of complaint (Kubernetes v1.17.9, pkg/kubelet/dockershim/network/plugins.go:
 * the first line, its fourth field, as an address with a length of prefix). Both streams of the program are one to it.
 */
export function readByKubelet({ code, stdout, stderr }: Pick<Ran, 'code' | 'stdout' | 'stderr'>): string {
  const output = stderr + stdout
  if (code !== 0) return `Unexpected command output ${output} with error: exit status ${code ?? -1}`
  const line = output.split('\n')[0] ?? ''
  const fields = line.split(/\s+/).filter(field => field !== '')
  if (fields.length < 4) return `Unexpected address output ${line} `
  const field = fields[3] ?? ''
  const [, address, length] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(field) ?? []
  if (address === undefined || Number(length) > 32) {
    return `CNI failed to parse ip from output ${output} due to invalid CIDR address: ${field}`
  }
  return address
}
