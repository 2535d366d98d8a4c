#!/bin/sh
# Gives kubelet on this worker a CNI configuration that makes pods members of the SILK network.
# Runs at each start of the VM's jobs, before kubelet does; running it again changes nothing.
set -eu

own=/var/vcap/data/silk-k8s
mkdir -p "$own/bin" "$own/cni" /var/vcap/data/host-local /var/vcap/data/silk /var/vcap/data/container-metadata
# silk-cni opens its log before all else and fails where the folder is missing.
mkdir -p /var/vcap/sys/log/silk-cni

# Kubelet takes the first configuration by name, and flanneld's stays behind on a VM that was not recreated.
rm -f /etc/cni/net.d/50-flannel.conflist /etc/cni/net.d/10-flannel.conf
for device in cni0 flannel.1; do
  if [ -e "/sys/class/net/$device" ]; then ip link delete "$device"; fi
done

# Pods leave the overlay with the address of their worker; silk-cni leaves that to others. No worker's lease is known
# yet, but no packet of another's pod leaves here.
overlay=$(sed -n 's/.*"overlay_network": *"\([0-9./]*\)".*/\1/p' /var/vcap/jobs/silk-daemon/config/client-config.json)
if ! iptables -w -t nat -C POSTROUTING -s "$overlay" ! -d "$overlay" ! -o silk-vtep -j MASQUERADE 2>/dev/null; then
  iptables -w -t nat -A POSTROUTING -s "$overlay" ! -d "$overlay" ! -o silk-vtep -j MASQUERADE
fi

# SILK gives a pod an address of scope link, and kubelet looks for one of scope global. A second one of that scope,
# the same address without a peer, leaves every route as it is and is what kubelet finds.
cat >"$own/bin/silk-rescope" <<'PLUGIN'
#!/bin/sh
set -eu
conf=$(cat)
case $CNI_COMMAND in
VERSION) echo '{"cniVersion":"0.3.1","supportedVersions":["0.3.0","0.3.1"]}' ;;
DEL | CHECK) ;;
ADD)
  address=$(printf '%s' "$conf" | sed -n 's/.*"address":"\([0-9.]*\)\/32".*/\1/p')
  if [ -z "$address" ]; then
    echo '{"cniVersion":"0.3.1","code":100,"msg":"silk-rescope: no /32 address in prevResult"}'
    exit 1
  fi
  nsenter --net="$CNI_NETNS" ip address add "$address/32" dev "$CNI_IFNAME" scope global
  # libcni writes its keys in alphabetical order, so that only the type comes after the result of silk-cni.
  printf '%s' "$conf" | sed 's/^.*"prevResult"://; s/,"type":"silk-rescope"}$//'
  ;;
esac
PLUGIN
chmod 0755 "$own/bin/silk-rescope"

cat >"$own/cni/10-silk.conflist.new" <<'CONF'
{
  "cniVersion": "0.3.1",
  "name": "silk",
  "plugins": [
    {
      "type": "silk-cni",
      "daemonPort": 23954,
      "dataDir": "/var/vcap/data/host-local",
      "datastore": "/var/vcap/data/silk/store.json",
      "mtu": 0
    },
    { "type": "silk-rescope" },
    { "type": "portmap", "capabilities": { "portMappings": true }, "snat": true, "markMasqBit": 28 }
  ]
}
CONF
mv "$own/cni/10-silk.conflist.new" "$own/cni/10-silk.conflist"
