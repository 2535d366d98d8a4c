# What BUCC's flags concourse-lb and target-pool ask of terraform.

output "director__concourse_domain" {
  value = google_compute_address.concourse-address.address
}

output "director__target_pool" {
  value = google_compute_target_pool.target-pool.name
}
