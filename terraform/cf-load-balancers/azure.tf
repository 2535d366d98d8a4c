# Cloud Foundry behind a load balancer each for routers, SSH proxies and TCP routers: the CPI puts a machine into the first
# pool of the load balancer that it is told, so a pool needs a balancer of its own. TLS ends at the routers, so no
# certificate is needed here.

variable "cf_system_domain" {
  type = string
}

locals {
  cf_balancers = ["router", "ssh-proxy", "tcp-router"]

  # Rules, each with the position of its balancer above and the port at which its machines are asked for their health.
  cf_rule_balancers = ["0", "0", "1", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2"]
  cf_rule_ports     = ["80", "443", "2222", "1024", "1025", "1026", "1027", "1028", "1029", "1030", "1031", "1032", "1033"]
  cf_probe_ports    = ["8080", "2222", "80"]
}

resource "azurerm_public_ip" "cf" {
  count               = length(local.cf_balancers)
  name                = "${var.env_id}-cf-${element(local.cf_balancers, count.index)}"
  location            = var.region
  resource_group_name = azurerm_resource_group.bosh.name
  allocation_method   = "Static"
  sku                 = "Standard"

  tags = {
    environment = "${var.env_id}"
  }
}

resource "azurerm_lb" "cf" {
  count               = length(local.cf_balancers)
  name                = "${var.env_id}-cf-${element(local.cf_balancers, count.index)}"
  location            = var.region
  resource_group_name = azurerm_resource_group.bosh.name
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = element(azurerm_public_ip.cf.*.id, count.index)
  }

  tags = {
    environment = "${var.env_id}"
  }
}

resource "azurerm_lb_backend_address_pool" "cf" {
  count           = length(local.cf_balancers)
  name            = "machines"
  loadbalancer_id = element(azurerm_lb.cf.*.id, count.index)
}

resource "azurerm_lb_probe" "cf" {
  count           = length(local.cf_balancers)
  name            = "health"
  loadbalancer_id = element(azurerm_lb.cf.*.id, count.index)
  protocol        = "Tcp"
  port            = element(local.cf_probe_ports, count.index)
}

resource "azurerm_lb_rule" "cf" {
  count                          = length(local.cf_rule_ports)
  name                           = "port-${element(local.cf_rule_ports, count.index)}"
  loadbalancer_id                = element(azurerm_lb.cf.*.id, element(local.cf_rule_balancers, count.index))
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = element(local.cf_rule_ports, count.index)
  backend_port                   = element(local.cf_rule_ports, count.index)
  probe_id                       = element(azurerm_lb_probe.cf.*.id, element(local.cf_rule_balancers, count.index))

  backend_address_pool_ids = [
    element(azurerm_lb_backend_address_pool.cf.*.id, element(local.cf_rule_balancers, count.index)),
  ]
}

# Balancers of the Standard kind let nothing through that the network's own rules do not.
resource "azurerm_network_security_rule" "cf" {
  name                        = "${var.env_id}-cf"
  priority                    = 310
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_ranges     = ["80", "443", "2222", "1024-1033"]
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
  resource_group_name         = azurerm_resource_group.bosh.name
  network_security_group_name = azurerm_network_security_group.bosh.name
}

resource "azurerm_dns_zone" "cf" {
  name                = var.cf_system_domain
  resource_group_name = azurerm_resource_group.bosh.name

  tags = {
    environment = "${var.env_id}"
  }
}

# SSH and TCP routes have addresses of their own.
resource "azurerm_dns_a_record" "cf" {
  count               = length(local.cf_balancers)
  name                = element(["*", "ssh", "tcp"], count.index)
  zone_name           = azurerm_dns_zone.cf.name
  resource_group_name = azurerm_resource_group.bosh.name
  ttl                 = 300
  records             = [element(azurerm_public_ip.cf.*.ip_address, count.index)]
}

output "cf_router_load_balancer" {
  value = element(azurerm_lb.cf.*.name, 0)
}

output "cf_ssh_proxy_load_balancer" {
  value = element(azurerm_lb.cf.*.name, 1)
}

output "cf_tcp_router_load_balancer" {
  value = element(azurerm_lb.cf.*.name, 2)
}

output "cf_address" {
  value = element(azurerm_public_ip.cf.*.ip_address, 0)
}

output "cf_name_servers" {
  value = azurerm_dns_zone.cf.name_servers
}
