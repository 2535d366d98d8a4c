# bbl gives this rule and the one for UAA the same name, and Azure keeps one rule of a name.

resource "azurerm_network_security_rule" "concourse-credhub" {
  name = "${var.env_id}-concourse-credhub"
}
