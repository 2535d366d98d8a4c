# shellcheck shell=sh
# What the plugin and its caller tell each other: errors, versions, the environment and the network configuration.

version=1.0.0
known_versions='1.0.0 0.4.0 0.3.1 0.3.0 0.2.0 0.1.0'

# One of the tasks of lib/json.awk, on standard input or a file. Short texts come by here-documents, which cost no process.
json() {
  awk -f "$job/lib/json.awk" -v task="$1" ${2:+"$2"}
}

# Ends the call with an error as the CNI specification has it. Arguments: code, message, details.
fail() {
  printf '%s\n%s\n' "$2" "${3:-}" | awk -v code="${1:-5}" -v version="$version" '
    { gsub(/\\/, "&&"); gsub(/"/, "\\\""); gsub(/[\001-\037]/, " ") }
    NR == 1 { message = $0; next }
    { details = details (NR > 2 ? " " : "") $0 }
    END {
      print "{\"cniVersion\":\"" version "\",\"code\":" code ",\"msg\":\"silk-k8s: " message "\",\"details\":\"" details "\"}"
    }'
  exit 1
}

# Refuses what the name of a file or a device could not be, before anything is done with it.
check_environment() {
  case ${CNI_CONTAINERID:-} in
  '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_.-]*)
    fail 4 'CNI_CONTAINERID is no container ID' "found \"${CNI_CONTAINERID:-}\", expected letters, digits, _, . and -"
    ;;
  esac
  case ${CNI_IFNAME:-} in
  '' | . | .. | -* | *[!A-Za-z0-9_.-]* | ????????????????*)
    fail 4 'CNI_IFNAME is no name of a device' "found \"${CNI_IFNAME:-}\", expected up to 15 letters, digits, _, . and -"
    ;;
  esac
  if [ "$CNI_COMMAND" != DEL ] && ! is_namespace "${CNI_NETNS:-}"; then
    fail 4 'CNI_NETNS is no network namespace' "found \"${CNI_NETNS:-}\""
  fi
}

# Prints the newest version that both silk-cni and we know, or fails with the reason why there is none.
choose_version() {
  spoken=$(CNI_COMMAND=VERSION "$SILK_CNI" <<ASKED | json versions
{"cniVersion":"1.0.0"}
ASKED
  ) || spoken=${spoken#* }
  for one in 1.0.0 0.4.0 0.3.1 0.3.0; do
    case " $spoken" in *" $one "*) printf '%s\n' "$one" && return ;; esac
  done
  printf 'found %s, expected one of 0.3.0, 0.3.1, 0.4.0 and 1.0.0\n' "$spoken"
  return 1
}

# Sets version, which the caller speaks, name and data_dir, and silk_conf, which silk-cni reads.
read_conf() {
  conf=$(cat)
  [ -x "$SILK_CNI" ] || fail 5 'there is no silk-cni' "$SILK_CNI"
  spoken=$(choose_version) || fail 5 'silk-cni speaks no version of CNI that is known here' "$SILK_CNI: $spoken"
  read=$(SPOKEN=$spoken json conf <<CONF
$conf
CONF
  ) || fail "${read%% *}" 'the network configuration cannot be used' "${read#* }"
  {
    IFS= read -r version
    IFS= read -r name
    IFS= read -r data_dir
    IFS= read -r silk_conf
  } <<CONF
$read
CONF
  case " $known_versions " in
  *" $version "*) ;;
  *)
    wanted=$version version=1.0.0
    fail 1 'incompatible CNI versions' "found \"$wanted\", expected one of $known_versions"
    ;;
  esac
}
