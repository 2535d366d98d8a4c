import type { Value } from '../../manifest/value.ts'
import { cfAliases } from './cf-aliases.ts'
import { cfGroups } from './cf-groups.ts'
import { cfOperations } from './cf-operations.ts'
import { cfReleases } from './cf-releases.ts'
import { textFile, yamlFile, type UpstreamRepository } from './repository.ts'
import { authority, certificate, passwords } from './variables.ts'

const variables: Value[] = [
  ...passwords(
    'blobstore_admin_users_password',
    'cc_bulk_api_password',
    'cc_database_password',
    'cc_db_encryption_key',
    'cc_internal_api_password',
    'cf_admin_password',
    'cf_mysql_mysql_admin_password',
    'credhub_admin_client_secret',
    'credhub_database_password',
    'credhub_encryption_password',
    'diego_database_password',
    'nats_password',
    'network_connectivity_database_password',
    'network_policy_database_password',
    'router_status_password',
    'uaa_admin_client_secret',
    'uaa_clients_cf_smoke_tests_secret',
    'uaa_clients_network_policy_secret',
    'uaa_clients_ssh-proxy_secret',
    'uaa_database_password'
  ),
  authority('silk_ca', 'silk-ca'),
  certificate('silk_controller', {
    ca: 'silk_ca',
    commonName: 'silk-controller.service.cf.internal',
    alternativeNames: ['silk-controller.service.cf.internal'],
    usage: ['server_auth']
  }),
  certificate('silk_daemon', { ca: 'silk_ca', commonName: 'silk-daemon', usage: ['client_auth'] }),
  authority('network_policy_ca', 'networkPolicyCA'),
  certificate('network_policy_server', {
    ca: 'network_policy_ca',
    commonName: 'policy-server.service.cf.internal',
    alternativeNames: ['policy-server.service.cf.internal'],
    usage: ['server_auth']
  }),
  certificate('network_policy_client', {
    ca: 'network_policy_ca',
    commonName: 'clientName',
    usage: ['client_auth']
  }),
  authority('router_ca', 'routerCA'),
  certificate('router_ssl', {
    ca: 'router_ca',
    commonName: 'routerSSL',
    alternativeNames: ['((system_domain))', '*.((system_domain))']
  }),
  authority('service_cf_internal_ca', 'internalCA'),
  certificate('cc_tls', {
    ca: 'service_cf_internal_ca',
    commonName: 'cloud-controller-ng.service.cf.internal',
    alternativeNames: ['cloud-controller-ng.service.cf.internal'],
    usage: ['client_auth', 'server_auth']
  }),
  certificate('uaa_ssl', {
    ca: 'service_cf_internal_ca',
    commonName: 'uaa.service.cf.internal',
    alternativeNames: ['uaa.service.cf.internal']
  }),
  { name: 'uaa_jwt_signing_key', type: 'rsa' },
  { name: 'diego_ssh_proxy_host_key', type: 'ssh' }
]

const addons: Value[] = [
  {
    name: 'bpm',
    include: { stemcell: [{ os: 'ubuntu-xenial' }] },
    jobs: [{ name: 'bpm', release: 'bpm' }]
  },
  {
    name: 'bosh-dns-aliases',
    jobs: [
      {
        name: 'bosh-dns-aliases',
        release: 'bosh-dns-aliases',
        properties: {
          aliases: Object.entries(cfAliases).map(([domain, group]) => ({
            domain,
            targets: [
              { query: '*', instance_group: group, deployment: 'cf', network: 'default', domain: 'bosh' }
            ]
          }))
        }
      }
    ]
  }
]

const manifest: Value = {
  name: 'cf',
  manifest_version: 'v13.5.0',
  update: {
    canaries: 1,
    max_in_flight: 1,
    canary_watch_time: '30000-1200000',
    update_watch_time: '5000-1200000',
    serial: false
  },
  addons,
  instance_groups: [...cfGroups],
  variables,
  releases: cfReleases(),
  stemcells: [{ alias: 'default', os: 'ubuntu-xenial', version: '621.76' }]
}

const readme = `# cf-deployment

Cloud Foundry for BOSH, as the lab has it: cf-deployment's instance groups, jobs, links and variables that a
playground needs to be told from one that lacks them, under their real names. Deploy it as \`cf\` with
\`-v system_domain=...\`; \`operations/README.md\` lists the ops files.
`

/** Cloud Foundry's manifest and ops files (cf-deployment v13.5.0). */
export const cfDeployment: UpstreamRepository = {
  name: 'cloudfoundry/cf-deployment',
  tag: 'v13.5.0',
  date: '2020-07-17',
  files: {
    'README.md': textFile(readme),
    'cf-deployment.yml': yamlFile('Cloud Foundry. The one var without a default is system_domain.', manifest),
    ...cfOperations
  }
}
