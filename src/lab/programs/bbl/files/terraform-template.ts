import type { BblVersion } from '../../../pace.ts'
import type { LoadBalancerSection } from '../state.ts'

const base = `variable "env_id" {
  type = string
}

resource "lab_network" "default" {
  name = "\${var.env_id}-network"
  tags = { director = "bosh-\${var.env_id}" }
}

resource "lab_firewall" "internal" {
  name    = "\${var.env_id}-internal"
  network = lab_network.default.id
  tags    = { director = "bosh-\${var.env_id}" }
}

resource "lab_firewall" "jumpbox-to-all" {
  name    = "\${var.env_id}-jumpbox-to-all"
  network = lab_network.default.id
  tags    = { director = "bosh-\${var.env_id}" }
}

resource "lab_address" "jumpbox" {
  name    = "\${var.env_id}-jumpbox-ip"
  network = lab_network.default.id
  tags    = { director = "bosh-\${var.env_id}" }
}

output "director_name" {
  value = "bosh-\${var.env_id}"
}

output "network" {
  value = lab_network.default.id
}

output "internal_cidr" {
  value = lab_network.default.cidr
}

output "internal_gw" {
  value = lab_network.default.gateway
}

output "external_ip" {
  value = lab_address.jumpbox.address
}

output "jumpbox_url" {
  value = "\${lab_address.jumpbox.address}:22"
}

output "director__internal_ip" {
  value = lab_network.default.director_ip
}

output "jumpbox__internal_ip" {
  value = lab_network.default.jumpbox_ip
}
`

interface Balancer {
  /** Name of the resource, and what comes after the environment's name in the cloud. */
  readonly name: string
  readonly ports: readonly number[]
  readonly output: string
}

const balancers: Readonly<Record<string, readonly Balancer[]>> = {
  concourse: [{ name: 'concourse', ports: [80, 443, 2222, 8443, 8844], output: 'concourse_lb_ip' }],
  cf: [
    { name: 'router', ports: [80, 443], output: 'router_lb_ip' },
    { name: 'ws', ports: [443, 4443], output: 'ws_lb_ip' },
    { name: 'ssh-proxy', ports: [2222], output: 'ssh_proxy_lb_ip' },
    { name: 'tcp-router', ports: [1024, 1123], output: 'tcp_router_lb_ip' }
  ]
}

/** An open range, as in all of bbl's templates: the newest provider is the one that counts (bosh-bootloader#688). */
const providers = `terraform {
  required_providers {
    lab = {
      source  = "causeway/lab"
      version = ">= 1.0"
    }
  }
}

`

/** `terraform/bbl-template.tf`: the network of an environment, and its load balancers. Terraform 0.11 knew no `required_providers`. */
export function terraformTemplate(lb: LoadBalancerSection, version: BblVersion = '9.0.48'): string {
  const parts = (balancers[lb.type] ?? []).map(
    ({ name, ports, output }) => `
resource "lab_load_balancer" "${name}" {
  name    = "\${var.env_id}-${name}"
  network = lab_network.default.id
  ports   = [${ports.join(', ')}]
  tags    = { director = "bosh-\${var.env_id}" }
}

output "${output}" {
  value = lab_load_balancer.${name}.address
}

output "${name.replaceAll('-', '_')}_lb_name" {
  value = lab_load_balancer.${name}.name
}
`
  )
  const domain = lb.domain === undefined ? '' : domainOutput(lb.domain)
  return [version === '9.0.48' ? providers : '', base, ...parts, domain].join('')
}

/** The name servers to which a domain is to be delegated. */
function domainOutput(domain: string): string {
  return `
output "system_domain_dns_servers" {
  value = ["ns-1.${domain}", "ns-2.${domain}"]
}
`
}
