# Cloud Foundry behind one network load balancer: routers, SSH proxies and TCP routers. TLS ends at the routers, so no
# certificate is needed here. Each port of the TCP routers is a listener of its own, and a balancer has 50 at most.

variable "cf_system_domain" {
  type = string
}

locals {
  cf_tcp_ports = ["1024", "1025", "1026", "1027", "1028", "1029", "1030", "1031", "1032", "1033"]
}

resource "aws_lb" "cf" {
  name               = "${var.short_env_id}-cf"
  load_balancer_type = "network"
  subnets            = aws_subnet.lb_subnets.*.id

  tags = {
    Name = "${var.env_id}-cf"
  }
}

# A network load balancer hands on the address of the client, so the machines themselves are open to all.
resource "aws_security_group" "cf" {
  name        = "${var.env_id}-cf"
  description = "Cloud Foundry behind its load balancer"
  vpc_id      = local.vpc_id

  tags = {
    Name = "${var.env_id}-cf"
  }
}

resource "aws_security_group_rule" "cf-http" {
  security_group_id = aws_security_group.cf.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "cf-https" {
  security_group_id = aws_security_group.cf.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "cf-ssh-proxy" {
  security_group_id = aws_security_group.cf.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 2222
  to_port           = 2222
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "cf-tcp-router" {
  security_group_id = aws_security_group.cf.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 1024
  to_port           = 1033
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_lb_target_group" "cf-http" {
  name     = "${var.short_env_id}-cf-80"
  port     = 80
  protocol = "TCP"
  vpc_id   = local.vpc_id
}

resource "aws_lb_target_group" "cf-https" {
  name     = "${var.short_env_id}-cf-443"
  port     = 443
  protocol = "TCP"
  vpc_id   = local.vpc_id
}

resource "aws_lb_target_group" "cf-ssh-proxy" {
  name     = "${var.short_env_id}-cf-2222"
  port     = 2222
  protocol = "TCP"
  vpc_id   = local.vpc_id
}

# A route of TCP opens its port only when an app asks for it, so the health is asked at the port of the router itself.
resource "aws_lb_target_group" "cf-tcp-router" {
  count    = length(local.cf_tcp_ports)
  name     = "${var.short_env_id}-cf-${element(local.cf_tcp_ports, count.index)}"
  port     = element(local.cf_tcp_ports, count.index)
  protocol = "TCP"
  vpc_id   = local.vpc_id

  health_check {
    protocol = "TCP"
    port     = 80
  }
}

resource "aws_security_group_rule" "cf-egress" {
  security_group_id = aws_security_group.cf.id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_lb_listener" "cf-http" {
  load_balancer_arn = aws_lb.cf.arn
  protocol          = "TCP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.cf-http.arn
  }
}

resource "aws_lb_listener" "cf-https" {
  load_balancer_arn = aws_lb.cf.arn
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.cf-https.arn
  }
}

resource "aws_lb_listener" "cf-ssh-proxy" {
  load_balancer_arn = aws_lb.cf.arn
  protocol          = "TCP"
  port              = 2222

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.cf-ssh-proxy.arn
  }
}

resource "aws_lb_listener" "cf-tcp-router" {
  count             = length(local.cf_tcp_ports)
  load_balancer_arn = aws_lb.cf.arn
  protocol          = "TCP"
  port              = element(local.cf_tcp_ports, count.index)

  default_action {
    type             = "forward"
    target_group_arn = element(aws_lb_target_group.cf-tcp-router.*.arn, count.index)
  }
}

resource "aws_route53_zone" "cf" {
  name = var.cf_system_domain

  tags = {
    Name = "${var.env_id}-cf"
  }
}

resource "aws_route53_record" "cf" {
  zone_id = aws_route53_zone.cf.zone_id
  name    = "*.${var.cf_system_domain}"
  type    = "CNAME"
  ttl     = 300
  records = ["${aws_lb.cf.dns_name}"]
}

output "cf_security_group" {
  value = aws_security_group.cf.id
}

output "cf_router_target_groups" {
  value = [
    "${aws_lb_target_group.cf-http.name}",
    "${aws_lb_target_group.cf-https.name}",
  ]
}

output "cf_ssh_proxy_target_groups" {
  value = ["${aws_lb_target_group.cf-ssh-proxy.name}"]
}

output "cf_tcp_router_target_groups" {
  value = aws_lb_target_group.cf-tcp-router.*.name
}

output "cf_address" {
  value = aws_lb.cf.dns_name
}

output "cf_name_servers" {
  value = aws_route53_zone.cf.name_servers
}
