/** Our own, with the names and properties of bosh-deployment, as far as a Director of the lab needs them. */
export const directorFiles: Readonly<Record<string, string>> = {
  'bosh-deployment/bosh.yml': `---
name: bosh

releases:
- name: bosh
  version: "283.1.6"
  url: https://bosh.io/d/github.com/cloudfoundry/bosh?v=283.1.6

resource_pools:
- name: vms
  network: default
  env:
    bosh:
      mbus:
        cert: ((mbus_bootstrap_ssl))

disk_pools:
- name: disks
  disk_size: 65_536

networks:
- name: default
  type: manual
  subnets:
  - range: ((internal_cidr))
    gateway: ((internal_gw))
    static: [((internal_ip))]
    dns: [8.8.8.8]

instance_groups:
- name: bosh
  instances: 1
  jobs:
  - {name: nats, release: bosh}
  - {name: blobstore, release: bosh}
  - {name: director, release: bosh}
  - {name: health_monitor, release: bosh}
  resource_pool: vms
  persistent_disk_pool: disks
  networks:
  - name: default
    static_ips: [((internal_ip))]
  properties:
    director:
      name: ((director_name))
      local_dns:
        enabled: true
      ssl:
        key: ((director_ssl.private_key))
        cert: ((director_ssl.certificate))
      user_management:
        provider: local
        local:
          users:
          - {name: admin, password: ((admin_password))}
          - {name: hm, password: ((hm_password))}
    hm:
      director_account:
        user: hm
        password: ((hm_password))
        ca_cert: ((director_ssl.ca))

cloud_provider:
  mbus: https://mbus:((mbus_bootstrap_password))@((internal_ip)):6868
  cert: ((mbus_bootstrap_ssl))
  properties:
    agent: {mbus: "https://mbus:((mbus_bootstrap_password))@0.0.0.0:6868"}

variables:
- {name: admin_password, type: password}
- {name: hm_password, type: password}
- {name: mbus_bootstrap_password, type: password}
- name: default_ca
  type: certificate
  options: {is_ca: true, common_name: ca}
- name: mbus_bootstrap_ssl
  type: certificate
  options: {ca: default_ca, common_name: ((internal_ip)), alternative_names: [((internal_ip))]}
- name: director_ssl
  type: certificate
  options: {ca: default_ca, common_name: ((internal_ip)), alternative_names: [((internal_ip))]}
`,
  'bosh-deployment/jumpbox-user.yml': `- type: replace
  path: /releases/name=os-conf?
  value:
    name: os-conf
    version: "22.1.0"
    url: https://bosh.io/d/github.com/cloudfoundry/os-conf-release?v=22.1.0
- type: replace
  path: /instance_groups/name=bosh/jobs/-
  value:
    name: user_add
    release: os-conf
    properties:
      users:
      - name: jumpbox
        public_key: ((jumpbox_ssh.public_key))
- type: replace
  path: /variables/-
  value: {name: jumpbox_ssh, type: ssh}
`,
  'bosh-deployment/uaa.yml': `- type: replace
  path: /releases/-
  value:
    name: uaa
    version: "77.20.0"
    url: https://bosh.io/d/github.com/cloudfoundry/uaa-release?v=77.20.0
- type: replace
  path: /instance_groups/name=bosh/properties/director/user_management
  value:
    provider: uaa
    uaa:
      url: "https://((internal_ip)):8443"
      public_key: ((uaa_jwt_signing_key.public_key))
- type: replace
  path: /instance_groups/name=bosh/jobs/-
  value:
    name: uaa
    release: uaa
    properties:
      uaa:
        url: "https://((internal_ip)):8443"
        sslPrivateKey: ((uaa_ssl.private_key))
        sslCertificate: ((uaa_ssl.certificate))
        scim:
          users:
          - {name: admin, groups: [bosh.admin], password: ((admin_password))}
        clients:
          bosh_cli:
            override: true
            authorized-grant-types: password,refresh_token
            scope: openid,bosh.admin,bosh.read
            authorities: uaa.none
            access-token-validity: 120
            secret: ""
          admin:
            override: true
            authorized-grant-types: client_credentials
            scope: ""
            authorities: bosh.admin
            secret: ((admin_password))
          hm:
            override: true
            authorized-grant-types: client_credentials
            scope: ""
            authorities: bosh.admin
            secret: ((hm_password))
- type: replace
  path: /variables/-
  value: {name: uaa_jwt_signing_key, type: rsa}
- type: replace
  path: /variables/-
  value: {name: uaa_admin_client_secret, type: password}
- type: replace
  path: /variables/-
  value:
    name: uaa_ssl
    type: certificate
    options: {ca: default_ca, common_name: ((internal_ip)), alternative_names: [((internal_ip))]}
`,
  'bosh-deployment/credhub.yml': `- type: replace
  path: /releases/-
  value:
    name: credhub
    version: "2.12.100"
    url: https://bosh.io/d/github.com/pivotal/credhub-release?v=2.12.100
- type: replace
  path: /instance_groups/name=bosh/jobs/-
  value:
    name: credhub
    release: credhub
    properties:
      credhub:
        tls: ((credhub_tls))
        authentication:
          uaa:
            url: "https://((internal_ip)):8443"
            ca_certs: [((uaa_ssl.ca))]
- type: replace
  path: /instance_groups/name=bosh/properties/director/config_server?
  value:
    enabled: true
    url: "https://((internal_ip)):8844/api/"
    ca_cert: ((credhub_tls.ca))
    uaa:
      url: "https://((internal_ip)):8443"
      ca_cert: ((uaa_ssl.ca))
      client_id: director_to_credhub
      client_secret: ((uaa_clients_director_to_credhub))
- type: replace
  path: /instance_groups/name=bosh/jobs/name=uaa/properties/uaa/clients/director_to_credhub?
  value:
    override: true
    authorized-grant-types: client_credentials
    scope: ""
    authorities: credhub.read,credhub.write
    secret: ((uaa_clients_director_to_credhub))
- type: replace
  path: /instance_groups/name=bosh/jobs/name=uaa/properties/uaa/clients/credhub-admin?
  value:
    override: true
    authorized-grant-types: client_credentials
    scope: ""
    authorities: credhub.read,credhub.write
    access-token-validity: 3600
    secret: ((credhub_admin_client_secret))
- type: replace
  path: /variables/-
  value:
    name: credhub_ca
    type: certificate
    options: {is_ca: true, common_name: CredHub CA}
- type: replace
  path: /variables/-
  value:
    name: credhub_tls
    type: certificate
    options: {ca: credhub_ca, common_name: ((internal_ip)), alternative_names: [((internal_ip))]}
- type: replace
  path: /variables/-
  value: {name: uaa_clients_director_to_credhub, type: password}
- type: replace
  path: /variables/-
  value: {name: credhub_admin_client_secret, type: password}
`,
  'bosh-deployment/lab/cpi.yml': `- type: replace
  path: /releases/-
  value:
    name: bosh-lab-cpi
    version: "1.0.0"
    url: https://bosh.io/d/github.com/cloudfoundry/bosh-lab-cpi-release?v=1.0.0
- type: replace
  path: /resource_pools/name=vms/stemcell?
  value:
    url: https://bosh.io/d/stemcells/bosh-lab-ubuntu-jammy?v=1.740
- type: replace
  path: /resource_pools/name=vms/cloud_properties?
  value:
    instance_type: large
    availability_zone: z1
- type: replace
  path: /networks/name=default/subnets/0/cloud_properties?
  value:
    network: ((network))
- type: replace
  path: /instance_groups/name=bosh/jobs/-
  value: {name: lab_cpi, release: bosh-lab-cpi}
- type: replace
  path: /instance_groups/name=bosh/properties/director/cpi_job?
  value: lab_cpi
- type: replace
  path: /cloud_provider/template?
  value: {name: lab_cpi, release: bosh-lab-cpi}
`,
  'bosh-deployment/runtime-configs/dns.yml': `releases:
- name: bosh-dns
  version: "1.39.0"
  url: https://bosh.io/d/github.com/cloudfoundry/bosh-dns-release?v=1.39.0

addons:
- name: bosh-dns
  jobs:
  - name: bosh-dns
    release: bosh-dns
    properties:
      cache:
        enabled: true
      health:
        enabled: true
        server:
          tls: ((/dns_healthcheck_server_tls))
        client:
          tls: ((/dns_healthcheck_client_tls))
      api:
        server:
          tls: ((/dns_api_server_tls))
        client:
          tls: ((/dns_api_client_tls))
  include:
    stemcell:
    - os: ubuntu-xenial
    - os: ubuntu-bionic
    - os: ubuntu-jammy
    - os: ubuntu-noble

variables:
- name: /dns_healthcheck_tls_ca
  type: certificate
  options: {is_ca: true, common_name: dns-healthcheck-tls-ca}
- name: /dns_healthcheck_server_tls
  type: certificate
  options: {ca: /dns_healthcheck_tls_ca, common_name: health.bosh-dns, extended_key_usage: [server_auth]}
- name: /dns_healthcheck_client_tls
  type: certificate
  options: {ca: /dns_healthcheck_tls_ca, common_name: health.bosh-dns, extended_key_usage: [client_auth]}
- name: /dns_api_tls_ca
  type: certificate
  options: {is_ca: true, common_name: dns-api-tls-ca}
- name: /dns_api_server_tls
  type: certificate
  options: {ca: /dns_api_tls_ca, common_name: api.bosh-dns, extended_key_usage: [server_auth]}
- name: /dns_api_client_tls
  type: certificate
  options: {ca: /dns_api_tls_ca, common_name: api.bosh-dns, extended_key_usage: [client_auth]}
`
}
