# shellcheck shell=sh
# What a pod has on this host: the bind mount of its network namespace, devices, an address, entries in two stores.

# Whether a path is a namespace: 6e736673 is the magic number of nsfs. A plain file is left where a mount got lost.
is_namespace() {
  [ -e "$1" ] && [ "$(stat -f -c %t -- "$1" 2>/dev/null)" = 6e736673 ]
}

# Whether two paths are one namespace, to which device and inode number are the identity.
same_namespace() {
  identities=$(stat -L -c %d:%i -- "$1" "$2") && [ "${identities%"$newline"*}" = "${identities#*"$newline"}" ]
}

# Waits for others that work on this pod. The lock is on the namespace itself, so that none is left behind; silk-cni
# inherits it, so that a caller who lost patience with us waits for it here before it takes away what it made.
lock_namespace() {
  command exec 9<"$1" || fail 5 'the network namespace cannot be opened' "$1"
  flock -w 60 9 || fail 11 'another call works on this network namespace' "$1"
}

# The address that host-local keeps for this container: the name of the file whose first line is the container ID.
kept_address() {
  grep -ls -e "^$CNI_CONTAINERID" -- "$data_dir/ipam/$name"/[0-9]* | while IFS= read -r file; do
    IFS= read -r owner <"$file" || :
    if [ "${owner%"$return"}" = "$CNI_CONTAINERID" ]; then printf '%s\n' "${file##*/}"; fi
  done
}

# silk-cni's name for the host's end of a pod's pair of devices: 10.255.3.4 is at s-010255003004.
host_device() {
  IFS=. read -r a b c d <<ADDRESS
$1
ADDRESS
  printf 's-%03d%03d%03d%03d\n' "$a" "$b" "$c" "$d"
}

# Calls silk-cni with the bind mount, whose name becomes the key in its store. host-local comes from its own folder first,
# for it speaks the same version of CNI. Its standard error carries log lines and goes to ours.
call_silk() {
  CNI_COMMAND=$1 CNI_NETNS=$bind CNI_PATH=${SILK_CNI%/*}:${CNI_PATH:-} "$SILK_CNI" <<CONF
$silk_conf
CONF
}

# Ends the call with what silk-cni said, where it is an error by the specification.
fail_as_silk() {
  if printf '%s\n' "$2" | json error >/dev/null; then
    printf '%s\n' "$2"
    exit 1
  fi
  fail 100 "silk-cni failed at $1" "$2"
}

# Takes the pod off the network. It needs nothing of the pod but its ID, for the caller's CNI_NETNS may be empty, dead, or
# by now the namespace of another, where silk-cni would delete a device that is not ours. Running it again is harmless.
leave_network() {
  # The device goes before its address is free again, or the next pod would find the device's name taken.
  kept_address | while IFS= read -r kept; do
    ip link delete "$(host_device "$kept")" 2>/dev/null || :
  done
  if ! is_namespace "$bind" || same_namespace "$bind" /proc/self/ns/net; then
    # silk-cni keeps its entry where it cannot open the namespace: any empty one of the same name will do.
    umount -l "$bind" 2>/dev/null || :
    mkdir -p "$NETNS_DIR"
    [ -e "$bind" ] || : >"$bind"
    unshare -n mount --bind /proc/self/ns/net "$bind" || fail 5 'no network namespace can be bound' "$bind"
  fi
  said=$(call_silk DEL) || fail_as_silk DEL "$said"
  change_metadata remove || printf 'silk-k8s: %s: %s\n' "$METADATA_STORE" "$metadata_reason" >&2
  umount -l "$bind"
  rm -f "$bind"
}

# Adds this container to the store that silk-daemon's drain waits to see empty, or removes it, as cni-wrapper-plugin does
# (silk-release v3.53.0, src/code.cloudfoundry.org/lib/datastore). Sets metadata_reason where the store is unreadable.
change_metadata() {
  metadata_reason='it cannot be locked'
  if [ "$1" = remove ] && [ ! -e "$METADATA_STORE" ]; then return 0; fi
  [ -d "${METADATA_STORE%/*}" ] || mkdir -p "${METADATA_STORE%/*}" || return 1
  command exec 8>>"${METADATA_STORE}_lock" && flock -w 60 8 || return 1
  write_metadata "$1" && status=0 || status=1
  exec 8>&-
  return "$status"
}

write_metadata() {
  [ -s "$METADATA_STORE" ] || echo '{}' >"$METADATA_STORE" || return 1
  entries=$(ADDRESS=${address:-} json "$1" "$METADATA_STORE") || { metadata_reason=${entries#* } && return 1; }
  [ -n "$entries" ] || return 0
  metadata_reason='it cannot be written'
  serial=1
  if [ -s "${METADATA_STORE}_version" ]; then read -r serial <"${METADATA_STORE}_version" || :; fi
  printf '%s\n' "$entries" >"$METADATA_STORE.new" && mv -f "$METADATA_STORE.new" "$METADATA_STORE" &&
    printf '%s' $((serial + 1)) >"${METADATA_STORE}_version" || return 1
  # There is no such user where no BOSH agent is.
  chown vcap:vcap "$METADATA_STORE" "${METADATA_STORE}_version" "${METADATA_STORE}_lock" 2>/dev/null || :
}
