import type { Outcome } from './worker.ts'

/**
 * What kubelet makes of the answer to its question for a pod's address, or its words of complaint (Kubernetes v1.17.9,
 * pkg/kubelet/dockershim/network/plugins.go: the first line, its fourth field, as an address with a length of prefix). Both
 * streams of the program are one to it.
 */
export function readByKubelet({ code, stdout, stderr }: Outcome): string {
  const output = stderr + stdout
  if (code !== 0) return `Unexpected command output ${output} with error: exit status ${code}`
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
