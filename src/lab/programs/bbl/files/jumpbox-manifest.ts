/** Our own, with the names and properties of jumpbox-deployment. */
export const jumpboxFiles: Readonly<Record<string, string>> = {
  'jumpbox-deployment/jumpbox.yml': `---
name: jumpbox

releases:
- name: os-conf
  version: "22.1.0"
  url: https://bosh.io/d/github.com/cloudfoundry/os-conf-release?v=22.1.0

resource_pools:
- name: vms
  network: private
  env:
    bosh:
      password: "*"

networks:
- name: private
  type: manual
  subnets:
  - range: ((internal_cidr))
    gateway: ((internal_gw))
    static: [((internal_ip))]
    dns: [8.8.8.8]
- name: public
  type: vip

instance_groups:
- name: jumpbox
  instances: 1
  jobs:
  - name: disable_agent
    release: os-conf
    properties: {}
  - name: user_add
    release: os-conf
    properties:
      users:
      - name: jumpbox
        public_key: ((jumpbox_ssh.public_key))
  resource_pool: vms
  networks:
  - name: private
    static_ips: [((internal_ip))]
    default: [dns, gateway]
  - name: public
    static_ips: [((external_ip))]

cloud_provider:
  mbus: https://mbus:((mbus_bootstrap_password))@((external_ip)):6868
  properties:
    agent: {mbus: "https://mbus:((mbus_bootstrap_password))@0.0.0.0:6868"}

variables:
- {name: mbus_bootstrap_password, type: password}
- {name: jumpbox_ssh, type: ssh}
`,
  'jumpbox-deployment/lab/cpi.yml': `- type: replace
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
    instance_type: minimal
    availability_zone: z1
- type: replace
  path: /networks/name=private/subnets/0/cloud_properties?
  value:
    network: ((network))
- type: replace
  path: /cloud_provider/template?
  value: {name: lab_cpi, release: bosh-lab-cpi}
`
}
