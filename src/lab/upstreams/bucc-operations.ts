import type { Value } from '../../manifest/value.ts'
import { addedVariables } from './bucc-director.ts'
import { removeOp, replaceOp, textFile, yamlFile, type RepositoryFile } from './repository.ts'

const group = '/instance_groups/name=bosh'
const director = `${group}/properties/director`
const uaaProperties = `${group}/jobs/name=uaa/properties/uaa`
const uaaUrl = 'https://((internal_ip)):8443'

const jumpboxUser = [
  replaceOp('/releases/-', release('os-conf', '22.1.0')),
  replaceOp(`${group}/jobs/-`, {
    name: 'user_add',
    release: 'os-conf',
    properties: { users: [{ name: 'jumpbox', public_key: '((jumpbox_ssh.public_key))' }] }
  }),
  ...addVariables('jumpbox')
]

const uaa = [
  replaceOp('/releases/-', release('uaa', '75.0.0')),
  replaceOp(`${director}/user_management/provider`, 'uaa'),
  removeOp(`${director}/user_management/local`),
  replaceOp(`${director}/user_management/uaa?/url`, uaaUrl),
  replaceOp(`${director}/user_management/uaa/public_key?`, '((uaa_jwt_signing_key.public_key))'),
  replaceOp(`${group}/jobs/-`, {
    name: 'uaa',
    release: 'uaa',
    properties: {
      encryption: {
        active_key_label: 'uaa-encryption-key-1',
        encryption_keys: [{ label: 'uaa-encryption-key-1', passphrase: '((uaa_encryption_key_1))' }]
      },
      uaa: {
        url: uaaUrl,
        sslCertificate: '((uaa_ssl.certificate))',
        sslPrivateKey: '((uaa_ssl.private_key))',
        clients: {
          admin: client('bosh.admin', '((admin_password))'),
          hm: client('bosh.admin', '((hm_password))'),
          uaa_admin: client('uaa.admin', '((uaa_admin_client_secret))')
        },
        scim: {
          users: [{ name: 'admin', password: '((admin_password))', groups: ['bosh.admin'] }]
        },
        jwt: {
          policy: {
            active_key_id: 'uaa-jwt-key-1',
            keys: { 'uaa-jwt-key-1': { signingKey: '((uaa_jwt_signing_key.private_key))' } }
          }
        }
      }
    }
  }),
  ...addVariables('uaa')
]

const credhub = [
  replaceOp('/releases/-', release('credhub', '2.9.0')),
  replaceOp(`${group}/jobs/-`, {
    name: 'credhub',
    release: 'credhub',
    properties: {
      credhub: {
        authentication: {
          uaa: {
            url: uaaUrl,
            ca_certs: ['((uaa_ssl.ca))'],
            verification_key: '((uaa_jwt_signing_key.public_key))'
          }
        },
        encryption: {
          keys: [
            {
              active: true,
              provider_name: 'internal',
              key_properties: { encryption_password: '((credhub_encryption_password))' }
            }
          ],
          providers: [{ name: 'internal', type: 'internal' }]
        },
        tls: '((credhub_tls))'
      }
    }
  }),
  replaceOp(`${director}/config_server?`, {
    enabled: true,
    url: 'https://((internal_ip)):8844/api/',
    ca_cert: '((credhub_tls.ca))',
    uaa: {
      url: uaaUrl,
      ca_cert: '((uaa_ssl.ca))',
      client_id: 'director_to_credhub',
      client_secret: '((uaa_clients_director_to_credhub))'
    }
  }),
  replaceOp(
    `${uaaProperties}/clients/director_to_credhub?`,
    client('credhub.read,credhub.write', '((uaa_clients_director_to_credhub))')
  ),
  replaceOp(
    `${uaaProperties}/clients/credhub-admin?`,
    client('credhub.read,credhub.write', '((credhub_admin_client_secret))')
  ),
  replaceOp(`${uaaProperties}/scim/users/name=credhub_cli_user?/password`, '((credhub_cli_user_password))'),
  ...addVariables('credhub')
]

const concourse = [
  replaceOp('/releases/-', release('concourse', '7.0.0')),
  replaceOp(`${group}/jobs/-`, {
    name: 'web',
    release: 'concourse',
    properties: {
      external_url: 'https://((internal_ip))',
      add_local_users: ['admin:((concourse_password))'],
      token_signing_key: '((uaa_jwt_signing_key))',
      worker_gateway: {
        host_key: '((concourse_tsa_host_key))',
        authorized_keys: ['((concourse_worker_key.public_key))']
      },
      credhub: {
        url: 'https://((internal_ip)):8844/api/',
        client_id: 'concourse_to_credhub',
        client_secret: '((concourse_to_credhub_secret))',
        tls: { ca_cert: { certificate: '((credhub_tls.ca))' } }
      }
    }
  }),
  replaceOp(`${group}/jobs/-`, {
    name: 'worker',
    release: 'concourse',
    properties: {
      ephemeral: true,
      worker_gateway: { worker_key: '((concourse_worker_key))', hosts: ['127.0.0.1:2222'] }
    }
  }),
  replaceOp(
    `${uaaProperties}/clients/concourse_to_credhub?`,
    client('credhub.read,credhub.write', '((concourse_to_credhub_secret))')
  ),
  ...addVariables('concourse')
]

interface Cpi {
  readonly release: string
  readonly stemcell: string
  readonly vars: string
  /** Where the CPI wants the cloud's own id of the network in its cloud properties. */
  readonly network?: string
}

/** IaaSes that the lab can stand for, each with the name of its CPI's release. */
const cpis: Readonly<Record<string, Cpi>> = {
  lab: {
    release: 'bosh-lab-cpi',
    stemcell: 'warden-boshlite',
    vars: 'network:\n',
    network: '((network))'
  },
  openstack: {
    release: 'bosh-openstack-cpi',
    stemcell: 'openstack-kvm',
    vars: 'auth_url:\naz:\nnet_id:\nopenstack_domain:\nopenstack_password:\nopenstack_project:\nopenstack_username:\nregion:\n'
  }
}

function cpiFiles([name, { release: cpi, stemcell, vars, network }]: [string, Cpi]): [
  string,
  RepositoryFile
][] {
  const ops = [
    replaceOp('/releases/-', release(cpi, '1.0.0')),
    replaceOp('/resource_pools/name=vms/stemcell?', {
      url: `https://bosh.io/d/stemcells/bosh-${stemcell}-ubuntu-xenial-go_agent?v=621.101`
    }),
    ...(network === undefined
      ? []
      : [replaceOp('/networks/name=default/subnets/0/cloud_properties?/network', network)]),
    replaceOp('/cloud_provider/template?', { name: `${name}_cpi`, release: cpi }),
    replaceOp(`${group}/jobs/-`, { name: `${name}_cpi`, release: cpi }),
    replaceOp(`${director}/cpi_job?`, `${name}_cpi`)
  ]
  const common =
    'director_name: # bucc\ninternal_cidr: # 10.0.0.0/24\ninternal_gw: # 10.0.0.1\ninternal_ip: # 10.0.0.6\n'
  return [
    [`ops/cpis/${name}/0-cpi.yml`, yamlFile('How the Director talks to its IaaS.', ops)],
    [`ops/cpis/${name}/vars.tmpl`, textFile(common + vars)]
  ]
}

function release(name: string, version: string): Value {
  return { name, version, url: `https://bosh.io/d/github.com/cloudfoundry/${name}-release?v=${version}` }
}

function client(authorities: string, secret: string): Value {
  return { override: true, 'authorized-grant-types': 'client_credentials', scope: '', authorities, secret }
}

function addVariables(part: keyof typeof addedVariables): Value[] {
  return addedVariables[part].map(variable => replaceOp('/variables/-', variable))
}

/** The ops files, by their paths; BUCC applies them in the order of their file names. */
export const buccOperations: Readonly<Record<string, RepositoryFile>> = Object.fromEntries([
  ['ops/0-jumpbox-user.yml', yamlFile('A user to come in by.', jumpboxUser)],
  ['ops/2-uaa.yml', yamlFile('Users and clients in a UAA.', uaa)],
  ['ops/3-credhub.yml', yamlFile('Variables of deployments in a CredHub.', credhub)],
  ['ops/4-concourse.yml', yamlFile('A Concourse with one worker.', concourse)],
  [
    'ops/flags/concourse-lb.yml',
    yamlFile('Concourse behind a load balancer.', [
      replaceOp(`${group}/jobs/name=web/properties/external_url`, 'https://((concourse_domain))')
    ])
  ],
  ...Object.entries(cpis).flatMap(cpiFiles)
])
