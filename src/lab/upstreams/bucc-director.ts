import type { Value, ValueMap } from '../../manifest/value.ts'
import { authority, certificate, passwords } from './variables.ts'

const own = { commonName: '((internal_ip))', alternativeNames: ['((internal_ip))'] } as const

/** The one instance group of a Director made by `bosh create-env`. */
export const buccDirector: ValueMap = {
  name: 'bosh',
  instances: 1,
  resource_pool: 'vms',
  persistent_disk_pool: 'disks',
  networks: [{ name: 'default', static_ips: ['((internal_ip))'] }],
  jobs: [
    { name: 'bpm', release: 'bpm' },
    ...['nats', 'postgres-10', 'blobstore', 'director', 'health_monitor'].map(name => ({
      name,
      release: 'bosh'
    }))
  ],
  properties: {
    agent: { mbus: 'nats://nats:((nats_password))@((internal_ip)):4222' },
    blobstore: {
      address: '((internal_ip))',
      port: 25_250,
      provider: 'dav',
      director: { user: 'director', password: '((blobstore_director_password))' },
      agent: { user: 'agent', password: '((blobstore_agent_password))' }
    },
    director: {
      address: '127.0.0.1',
      name: '((director_name))',
      workers: 4,
      generate_vm_passwords: true,
      local_dns: { enabled: true },
      events: { record_events: true },
      ssl: { cert: '((director_ssl.certificate))', key: '((director_ssl.private_key))' },
      user_management: {
        provider: 'local',
        local: {
          users: [
            { name: 'admin', password: '((admin_password))' },
            { name: 'hm', password: '((hm_password))' }
          ]
        }
      }
    },
    hm: {
      resurrector_enabled: true,
      director_account: { user: 'hm', password: '((hm_password))', ca_cert: '((director_ssl.ca))' }
    },
    nats: { address: '((internal_ip))', user: 'nats', password: '((nats_password))' },
    postgres: { host: '127.0.0.1', user: 'postgres', database: 'bosh', password: '((postgres_password))' }
  }
}

export const buccVariables: readonly Value[] = [
  ...passwords(
    'admin_password',
    'blobstore_agent_password',
    'blobstore_director_password',
    'hm_password',
    'mbus_bootstrap_password',
    'nats_password',
    'postgres_password'
  ),
  authority('default_ca', 'ca'),
  certificate('mbus_bootstrap_ssl', { ca: 'default_ca', ...own }),
  certificate('director_ssl', { ca: 'default_ca', ...own })
]

/** Variables of UAA, CredHub and Concourse, by the ops file that brings them. */
export const addedVariables: Readonly<Record<'jumpbox' | 'uaa' | 'credhub' | 'concourse', readonly Value[]>> =
  {
    jumpbox: [{ name: 'jumpbox_ssh', type: 'ssh' }],
    uaa: [
      { name: 'uaa_jwt_signing_key', type: 'rsa' },
      ...passwords('uaa_admin_client_secret', 'uaa_encryption_key_1'),
      certificate('uaa_ssl', { ca: 'default_ca', ...own })
    ],
    credhub: [
      ...passwords(
        'credhub_admin_client_secret',
        'credhub_cli_user_password',
        'credhub_encryption_password',
        'uaa_clients_director_to_credhub'
      ),
      authority('credhub_ca', 'CredHub CA'),
      certificate('credhub_tls', { ca: 'credhub_ca', ...own })
    ],
    concourse: [
      ...passwords('concourse_password', 'concourse_to_credhub_secret'),
      { name: 'concourse_tsa_host_key', type: 'ssh' },
      { name: 'concourse_worker_key', type: 'ssh' }
    ]
  }
