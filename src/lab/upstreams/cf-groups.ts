import type { Value, ValueMap } from '../../manifest/value.ts'

interface GroupOptions {
  readonly instances?: number
  readonly azs?: readonly string[]
  readonly vmType?: 'minimal' | 'small' | 'small-highmem'
  readonly vmExtensions?: readonly string[]
  readonly diskType?: string
  readonly lifecycle?: 'errand'
}

/** Instance groups of Cloud Foundry with the jobs and properties that the lab tells networks and APIs by. */
export const cfGroups: readonly ValueMap[] = [
  group('smoke-tests', { lifecycle: 'errand', instances: 1, azs: ['z1'] }, [
    job('smoke_tests', 'cf-smoke-tests', {
      smoke_tests: {
        api: 'https://api.((system_domain))',
        apps_domain: '((system_domain))',
        client: 'cf_smoke_tests',
        client_secret: '((uaa_clients_cf_smoke_tests_secret))',
        org: 'cf_smoke_tests_org',
        skip_ssl_validation: true
      }
    }),
    job('cf-cli-6-linux', 'cf-cli')
  ]),
  group('nats', {}, [job('nats', 'nats', { nats: { user: 'nats', password: '((nats_password))' } })]),
  group('database', { instances: 1, azs: ['z1'], vmType: 'small', diskType: '10GB' }, [
    job('pxc-mysql', 'pxc', {
      admin_password: '((cf_mysql_mysql_admin_password))',
      seeded_databases: [
        database('cloud_controller', 'cc_database_password'),
        database('uaa', 'uaa_database_password'),
        database('diego', 'diego_database_password'),
        database('network_connectivity', 'network_connectivity_database_password'),
        database('network_policy', 'network_policy_database_password'),
        database('credhub', 'credhub_database_password')
      ]
    })
  ]),
  group('diego-api', { vmType: 'small' }, [
    job('bbs', 'diego', {
      diego: { bbs: { sql: sqlOf('diego', 'diego_database_password') } }
    }),
    job('silk-controller', 'silk', {
      ca_cert: '((silk_controller.ca))',
      server_cert: '((silk_controller.certificate))',
      server_key: '((silk_controller.private_key))',
      silk_daemon: {
        ca_cert: '((silk_daemon.ca))',
        client_cert: '((silk_daemon.certificate))',
        client_key: '((silk_daemon.private_key))'
      },
      database: {
        type: 'mysql',
        host: 'sql-db.service.cf.internal',
        port: 3306,
        name: 'network_connectivity',
        username: 'network_connectivity',
        password: '((network_connectivity_database_password))'
      }
    })
  ]),
  group('uaa', {}, [
    job('uaa', 'uaa', {
      uaa: {
        url: 'https://uaa.((system_domain))',
        sslCertificate: '((uaa_ssl.certificate))',
        sslPrivateKey: '((uaa_ssl.private_key))',
        admin: { client_secret: '((uaa_admin_client_secret))' },
        clients: {
          cf: {
            override: true,
            secret: '',
            'authorized-grant-types': 'password,refresh_token',
            scope:
              'network.admin,network.write,cloud_controller.read,cloud_controller.write,cloud_controller.admin,uaa.user',
            authorities: 'uaa.none',
            'access-token-validity': 1200,
            'refresh-token-validity': 2592000
          }
        },
        scim: {
          users: [
            {
              name: 'admin',
              password: '((cf_admin_password))',
              groups: ['cloud_controller.admin', 'network.admin', 'uaa.admin']
            }
          ]
        },
        jwt: { policy: { keys: { 'key-1': { signingKey: '((uaa_jwt_signing_key.private_key))' } } } }
      }
    })
  ]),
  group('singleton-blobstore', { instances: 1, azs: ['z1'], vmType: 'small', diskType: '100GB' }, [
    job('blobstore', 'capi', {
      blobstore: {
        admin_users: [{ username: 'blobstore-user', password: '((blobstore_admin_users_password))' }]
      }
    })
  ]),
  group('api', { vmType: 'small', vmExtensions: ['50GB_ephemeral_disk'] }, [
    job('cloud_controller_ng', 'capi', {
      system_domain: '((system_domain))',
      app_domains: ['((system_domain))'],
      cc: {
        db_encryption_key: '((cc_db_encryption_key))',
        bulk_api_password: '((cc_bulk_api_password))',
        internal_api_password: '((cc_internal_api_password))',
        mutual_tls: {
          ca_cert: '((cc_tls.ca))',
          public_cert: '((cc_tls.certificate))',
          private_key: '((cc_tls.private_key))'
        }
      }
    }),
    job('policy-server', 'cf-networking', {
      uaa_client_secret: '((uaa_clients_network_policy_secret))',
      database: {
        type: 'mysql',
        host: 'sql-db.service.cf.internal',
        port: 3306,
        name: 'network_policy',
        username: 'network_policy',
        password: '((network_policy_database_password))'
      }
    }),
    job('policy-server-internal', 'cf-networking', {
      ca_cert: '((network_policy_server.ca))',
      server_cert: '((network_policy_server.certificate))',
      server_key: '((network_policy_server.private_key))'
    })
  ]),
  group('scheduler', { vmExtensions: ['diego-ssh-proxy-network-properties'] }, [
    job('auctioneer', 'diego'),
    job('cloud_controller_clock', 'capi'),
    job('ssh_proxy', 'diego', {
      diego: {
        ssh_proxy: {
          host_key: '((diego_ssh_proxy_host_key.private_key))',
          uaa_secret: '((uaa_clients_ssh-proxy_secret))'
        }
      }
    })
  ]),
  group('router', { vmExtensions: ['cf-router-network-properties'] }, [
    job('gorouter', 'routing', {
      router: {
        enable_ssl: true,
        status: { user: 'router-status', password: '((router_status_password))' },
        tls_pem: [{ cert_chain: '((router_ssl.certificate))', private_key: '((router_ssl.private_key))' }]
      }
    })
  ]),
  group('doppler', {}, [job('doppler', 'loggregator'), job('log-cache', 'log-cache')]),
  group('diego-cell', { instances: 3, vmType: 'small-highmem', vmExtensions: ['100GB_ephemeral_disk'] }, [
    job('cflinuxfs3-rootfs-setup', 'cflinuxfs3'),
    job('garden', 'garden-runc', {
      garden: {
        containerd_mode: true,
        network_plugin: '/var/vcap/packages/runc-cni/bin/garden-external-networker'
      }
    }),
    job('rep', 'diego', { diego: { rep: { preloaded_rootfses: ['cflinuxfs3'] } } }),
    job('garden-cni', 'cf-networking', {
      cni_plugin_dir: '/var/vcap/packages/silk-cni/bin',
      cni_config_dir: '/var/vcap/jobs/silk-cni/config/cni'
    }),
    job('netmon', 'silk'),
    job('vxlan-policy-agent', 'silk', {
      ca_cert: '((network_policy_client.ca))',
      client_cert: '((network_policy_client.certificate))',
      client_key: '((network_policy_client.private_key))'
    }),
    job('silk-daemon', 'silk', {
      ca_cert: '((silk_daemon.ca))',
      client_cert: '((silk_daemon.certificate))',
      client_key: '((silk_daemon.private_key))'
    }),
    job('silk-cni', 'silk', { dns_servers: ['169.254.0.2'] })
  ]),
  group('credhub', {}, [
    job('credhub', 'credhub', {
      credhub: {
        encryption: {
          keys: [{ active: true, key_properties: { encryption_password: '((credhub_encryption_password))' } }]
        }
      }
    })
  ])
]

function group(name: string, options: GroupOptions, jobs: readonly ValueMap[]): ValueMap {
  const { instances = 2, azs = ['z1', 'z2'], vmType = 'minimal', vmExtensions, diskType, lifecycle } = options
  return {
    name,
    azs: [...azs],
    instances,
    vm_type: vmType,
    stemcell: 'default',
    networks: [{ name: 'default' }],
    ...(vmExtensions === undefined ? {} : { vm_extensions: [...vmExtensions] }),
    ...(diskType === undefined ? {} : { persistent_disk_type: diskType }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    jobs: [...jobs]
  }
}

function job(name: string, release: string, properties?: ValueMap): ValueMap {
  return { name, release, ...(properties === undefined ? {} : { properties }) }
}

function database(name: string, password: string): Value {
  return { name, username: name, password: `((${password}))` }
}

function sqlOf(name: string, password: string): Value {
  return {
    db_driver: 'mysql',
    db_host: 'sql-db.service.cf.internal',
    db_schema: name,
    db_username: name,
    db_password: `((${password}))`
  }
}
