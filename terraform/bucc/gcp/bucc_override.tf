# Concourse's firewall lets in to machines with the tag `concourse`; Vault's port is open from the jumpbox.

output "director__tags" {
  value = [
    "${google_compute_firewall.bosh-director.name}",
    "${google_compute_firewall.firewall-concourse.name}",
    "concourse",
  ]
}

resource "google_compute_firewall" "bosh-open" {
  allow {
    ports    = ["22", "6868", "8200", "8443", "8844", "25555"]
    protocol = "tcp"
  }
}
