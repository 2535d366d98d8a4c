# Cloud Foundry behind one address: routers, SSH proxies and TCP routers, each with a target pool of its own. TLS ends at
# the routers, so no certificate is needed here.

variable "cf_system_domain" {
  type = string
}

resource "google_compute_address" "cf" {
  name = "${var.env_id}-cf"
}

resource "google_compute_http_health_check" "cf-router" {
  name         = "${var.env_id}-cf-router"
  port         = 8080
  request_path = "/health"
}

resource "google_compute_http_health_check" "cf-tcp-router" {
  name         = "${var.env_id}-cf-tcp-router"
  port         = 80
  request_path = "/health"
}

resource "google_compute_target_pool" "cf-router" {
  name          = "${var.env_id}-cf-router"
  health_checks = ["${google_compute_http_health_check.cf-router.name}"]
}

resource "google_compute_target_pool" "cf-ssh-proxy" {
  name = "${var.env_id}-cf-ssh-proxy"
}

resource "google_compute_target_pool" "cf-tcp-router" {
  name          = "${var.env_id}-cf-tcp-router"
  health_checks = ["${google_compute_http_health_check.cf-tcp-router.name}"]
}

resource "google_compute_forwarding_rule" "cf-http" {
  name        = "${var.env_id}-cf-http"
  target      = google_compute_target_pool.cf-router.self_link
  port_range  = "80"
  ip_protocol = "TCP"
  ip_address  = google_compute_address.cf.address
}

resource "google_compute_forwarding_rule" "cf-https" {
  name        = "${var.env_id}-cf-https"
  target      = google_compute_target_pool.cf-router.self_link
  port_range  = "443"
  ip_protocol = "TCP"
  ip_address  = google_compute_address.cf.address
}

resource "google_compute_forwarding_rule" "cf-ssh-proxy" {
  name        = "${var.env_id}-cf-ssh-proxy"
  target      = google_compute_target_pool.cf-ssh-proxy.self_link
  port_range  = "2222"
  ip_protocol = "TCP"
  ip_address  = google_compute_address.cf.address
}

resource "google_compute_forwarding_rule" "cf-tcp-router" {
  name        = "${var.env_id}-cf-tcp-router"
  target      = google_compute_target_pool.cf-tcp-router.self_link
  port_range  = "1024-1123"
  ip_protocol = "TCP"
  ip_address  = google_compute_address.cf.address
}

# The names of the target pools are tags of the machines behind them.
resource "google_compute_firewall" "cf" {
  name          = "${var.env_id}-cf-open"
  network       = google_compute_network.bbl-network.name
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["80", "443", "2222", "1024-1123"]
  }

  target_tags = [
    "${google_compute_target_pool.cf-router.name}",
    "${google_compute_target_pool.cf-ssh-proxy.name}",
    "${google_compute_target_pool.cf-tcp-router.name}",
  ]
}

# Where Google asks for the health of members of target pools:
# https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
resource "google_compute_firewall" "cf-health-check" {
  name          = "${var.env_id}-cf-health-check"
  network       = google_compute_network.bbl-network.name
  source_ranges = ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22", "169.254.169.254/32"]

  allow {
    protocol = "tcp"
    ports    = ["80", "8080"]
  }

  target_tags = [
    "${google_compute_target_pool.cf-router.name}",
    "${google_compute_target_pool.cf-tcp-router.name}",
  ]
}

resource "google_dns_managed_zone" "cf" {
  name        = "${var.env_id}-cf"
  dns_name    = "${var.cf_system_domain}."
  description = "System domain of the Cloud Foundry of ${var.env_id}"
}

resource "google_dns_record_set" "cf" {
  name         = "*.${var.cf_system_domain}."
  type         = "A"
  ttl          = 300
  managed_zone = google_dns_managed_zone.cf.name
  rrdatas      = ["${google_compute_address.cf.address}"]
}

output "cf_router_target_pool" {
  value = google_compute_target_pool.cf-router.name
}

output "cf_ssh_proxy_target_pool" {
  value = google_compute_target_pool.cf-ssh-proxy.name
}

output "cf_tcp_router_target_pool" {
  value = google_compute_target_pool.cf-tcp-router.name
}

output "cf_address" {
  value = google_compute_address.cf.address
}

output "cf_name_servers" {
  value = google_dns_managed_zone.cf.name_servers
}
