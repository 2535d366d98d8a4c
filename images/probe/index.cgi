#!/bin/sh
# Answers with the peer's address; an IPv4 address comes mapped where the socket is one of IPv6.
printf 'Content-Type: application/json\r\n\r\n{"peer":"%s"}\n' "${REMOTE_ADDR#::ffff:}"
