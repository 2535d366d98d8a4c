import type { LoadBalancerSection } from '../state.ts'

/** VM types that cf-deployment and CFCR choose from. */
export const vmTypes: readonly string[] = [
  'default',
  'minimal',
  'sharedcpu',
  'small',
  'small-highmem',
  'medium',
  'large',
  'extra-large'
]

/** `cloud-config/cloud-config.yml`: names that hold on every IaaS. */
export const baseCloudConfig = `---
azs: []

compilation:
  az: z1
  network: private
  reuse_compilation_vms: true
  vm_type: default
  vm_extensions:
  - 100GB_ephemeral_disk
  workers: 6

disk_types:
${['default', '1GB', '5GB', '10GB', '50GB', '100GB', '500GB', '1TB'].map(diskType).join('')}
networks: []

vm_types:
${vmTypes.map(name => `- name: ${name}\n`).join('')}
vm_extensions:
${['1GB', '5GB', '10GB', '50GB', '100GB', '500GB', '1TB'].map(size => `- name: ${size}_ephemeral_disk\n`).join('')}`

function diskType(name: string): string {
  const [, size = '1', unit = 'GB'] = /^(\d+)(GB|TB)$/.exec(name) ?? []
  return `- name: ${name}\n  disk_size: ${Number(size) * (unit === 'TB' ? 1024 * 1024 : 1024)}\n`
}

const networks = ['private', 'default'].map(
  name => `
- type: replace
  path: /networks/-
  value:
    name: ${name}
    type: manual
    subnets:
    - azs: [z1, z2, z3]
      range: ((internal_cidr))
      gateway: ((internal_gw))
      reserved: [((reserved_ips_low)), ((reserved_ips_high))]
      static: [((static_ips))]
      cloud_properties:
        network: ((network))
`
)

const zones = ['z1', 'z2', 'z3'].map(
  name => `
- type: replace
  path: /azs/-
  value:
    name: ${name}
    cloud_properties:
      zone: lab-${name}
`
)

/** Where VMs stand: the zones and networks of the lab. */
export const placeOps = [...zones, ...networks].join('')

/** The load balancers that VMs are put behind, by the name of the extension that cf-deployment asks for. */
const extensions: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  cf: [
    ['cf-router-network-properties', 'router_lb_name'],
    ['diego-ssh-proxy-network-properties', 'ssh_proxy_lb_name'],
    ['cf-tcp-router-network-properties', 'tcp_router_lb_name']
  ],
  concourse: [['lb', 'concourse_lb_name']]
}

const emptyExtensions = (extensions['cf'] ?? []).map(
  ([name]) => `
- type: replace
  path: /vm_extensions/-
  value:
    name: ${name}
`
)

/**
 * `cloud-config/ops.yml`: what the lab adds. The extensions of cf-deployment are always there, as on vSphere and OpenStack, so that a
 * Cloud Foundry can stand beside a load balancer for Concourse.
 */
export function cloudConfigOps(lb: LoadBalancerSection): string {
  const balanced = (extensions[lb.type] ?? []).map(
    ([name, variable]) => `
- type: replace
  path: /vm_extensions/-
  value:
    name: ${name}
    cloud_properties:
      load_balancers: [((${variable}))]
`
  )
  return ['---', placeOps, ...(lb.type === 'cf' ? [] : emptyExtensions), ...balanced].join('')
}
