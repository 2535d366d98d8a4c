# shellcheck shell=sh
# Takes away what flanneld leaves on a VM that was not recreated (kubo-release, jobs/flanneld/templates/bin/flanneld_ctl.erb).

remove_flannel() {
  networks=$FLANNEL_NETWORK
  if [ -f "$FLANNEL_RUN/subnet.env" ]; then
    networks="$networks $(sed -n 's/^FLANNEL_NETWORK=//p' "$FLANNEL_RUN/subnet.env")"
  fi
  # kubelet takes the first configuration by name.
  rm -f "$ETC_CNI/10-flannel.conf" "$ETC_CNI/50-flannel.conflist" "$FLANNEL_RUN/subnet.env"
  for device in cni0 flannel.1; do
    if ip link show dev "$device" >/dev/null 2>&1; then ip link delete "$device"; fi
  done
  for network in $networks; do
    if [ "$network" != "$OVERLAY" ]; then remove_flannel_rules "$network"; fi
  done
}

# flanneld's own rules stand in the built-in chains, and name its network; those of kube-proxy and portmap never do.
remove_flannel_rules() {
  remove_rules nat POSTROUTING "$1" RETURN MASQUERADE
  remove_rules filter FORWARD "$1" ACCEPT
}

# Arguments: table, chain, network, targets.
remove_rules() {
  table=$1 chain=$2 network=$3
  shift 3
  iptables -w -t "$table" -S "$chain" | while IFS= read -r rule; do
    for target in "$@"; do
      case $rule in
      *" $network "*"-j $target" | *" $network "*"-j $target "*)
        # The words of a rule of flanneld hold neither space nor quote.
        # shellcheck disable=SC2086
        iptables -w -t "$table" -D ${rule#-A }
        ;;
      esac
    done
  done
}
