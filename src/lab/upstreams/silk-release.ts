import type { ValueMap } from '../../manifest/value.ts'
import { releaseFiles, type JobSkeleton } from './release-files.ts'
import { textFile, type UpstreamRepository } from './repository.ts'

const network: ValueMap = { name: 'cf_network', type: 'cf_network' }
const policyAgent: ValueMap = { name: 'vpa', type: 'policy-agent' }
const clientCertificates: NonNullable<JobSkeleton['properties']> = {
  ca_cert: { description: 'Who signed the other side.' },
  client_cert: { description: 'Certificate of this side.' },
  client_key: { description: 'Key of this side.' }
}

const readme = `# silk-release

SILK, the network of Cloud Foundry's containers, as the lab has it: the specs of v2.30.0 with the properties and links
by which a machine joins the network. Nothing here runs.
`

/** The release that makes the network of apps, and of pods that join it (silk-release 2.30.0). */
export const silkRelease: UpstreamRepository = {
  name: 'cloudfoundry/silk-release',
  tag: '2.30.0',
  date: '2020-05-19',
  files: {
    'README.md': textFile(readme),
    ...releaseFiles({
      name: 'silk',
      version: '2.30.0',
      packages: ['iptables', 'netmon', 'silk-cni', 'silk-controller', 'silk-daemon', 'vxlan-policy-agent'],
      jobs: [
        {
          name: 'silk-controller',
          description: 'Gives each machine its share of the network.',
          packages: ['silk-controller'],
          provides: [{ ...network, properties: ['network', 'subnet_prefix_length'] }],
          consumes: [{ name: 'database', type: 'database', optional: true }],
          properties: {
            network: { description: 'Range of all containers.', default: '10.255.0.0/16' },
            subnet_prefix_length: { description: "Prefix length of a machine's share.", default: 24 },
            listen_port: { description: 'Port of its API.', default: 4103 },
            subnet_lease_expiration_hours: {
              description: 'How long an unrenewed share is kept.',
              default: 168
            },
            ca_cert: { description: 'Who signed the daemons.' },
            server_cert: { description: 'Certificate of the controller.' },
            server_key: { description: 'Key of the controller.' }
          }
        },
        {
          name: 'silk-daemon',
          description: "Takes a machine's share and makes its end of the overlay.",
          packages: ['silk-daemon', 'silk-cni'],
          consumes: [network, policyAgent, { name: 'iptables', type: 'iptables', optional: true }],
          properties: {
            ...clientCertificates,
            'silk_controller.hostname': {
              description: 'Name of the controller; its certificate has to bear it.',
              default: 'silk-controller.service.cf.internal'
            },
            listen_port: { description: 'Where plugins ask for the share.', default: 23954 },
            single_ip_only: { description: 'One address and no containers.', default: false },
            vtep_port: { description: 'UDP port of the overlay.', default: 4789 }
          }
        },
        {
          name: 'silk-cni',
          description: 'The CNI plugins of a machine, and their configuration.',
          packages: ['silk-cni', 'iptables'],
          provides: [{ name: 'cni_config', type: 'cni_config' }],
          consumes: [network, policyAgent],
          properties: {
            disable: { description: 'Renders nothing, and still brings the plugins.', default: false },
            dns_servers: { description: 'What containers ask for names.', default: [] },
            mtu: { description: "0 takes the daemon's.", default: 0 }
          }
        },
        {
          name: 'vxlan-policy-agent',
          description: 'Enforces network policies on a machine.',
          packages: ['vxlan-policy-agent', 'iptables'],
          provides: [
            {
              ...policyAgent,
              properties: ['force_policy_poll_cycle_port', ...Object.keys(clientCertificates)]
            }
          ],
          consumes: [network],
          properties: {
            ...clientCertificates,
            disable_container_network_policy: { description: 'Lets everything pass.', default: false },
            enable_overlay_ingress_rules: {
              description: 'Lets routers in over the overlay.',
              default: false
            },
            force_policy_poll_cycle_port: { description: 'Where a poll can be asked for.', default: 8722 }
          }
        },
        { name: 'netmon', description: "Metrics of a machine's interfaces.", packages: ['netmon'] }
      ]
    })
  }
}
