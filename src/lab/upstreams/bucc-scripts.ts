/** `bbl/common.sh`: what both overrides need. It is sourced from inside bbl's state directory. */
export const commonScript = `#!/usr/bin/env bash
# Sourced by the override scripts, from inside bbl's state directory.
bucc_args=()

# The IaaS of the credentials that bbl was given; else what an earlier run noted; else what bbl was told.
cpi() {
  local named
  named=$(env | sed -E -n 's/^BBL_(AWS|AZURE|GCP|VSPHERE|OPENSTACK).*/\\1/p' | head -n 1 | tr '[:upper:]' '[:lower:]')
  if [[ -n $named ]]; then
    echo "$named"
  elif [[ -s $BBL_STATE_DIR/vars/cpi ]]; then
    cat "$BBL_STATE_DIR/vars/cpi"
  else
    echo "\${BBL_IAAS:-lab}"
  fi
}

# Defaults of the CPI first: of two values for one key the later one counts. Keys without a value are dropped.
prepare_vars_file_for_cpi() {
  local vars=$BBL_STATE_DIR/vars/director-vars-file.yml merged
  merged=$(mktemp)
  grep -v ':[[:space:]]*\\(#.*\\)\\{0,1\\}$' "$BBL_STATE_DIR/bucc/ops/cpis/$(cpi)/vars.tmpl" >"$merged" || true
  cat "$vars" >>"$merged"
  cat "$merged" >"$vars"
  rm -f "$merged"
  if [[ $(cpi) == openstack ]]; then
    bucc_args+=("--var=openstack_username=\${BBL_OPENSTACK_USERNAME:-}" "--var=openstack_password=\${BBL_OPENSTACK_PASSWORD:-}")
  fi
}
`

export const createOverride = `#!/usr/bin/env bash
set -eu
source ./bucc/bbl/common.sh

prepare_vars_file_for_cpi
./bucc/bin/bucc up --cpi "$(cpi)" \${bucc_args[@]+"\${bucc_args[@]}"}
`

export const deleteOverride = `#!/usr/bin/env bash
set -eu
source ./bucc/bbl/common.sh

prepare_vars_file_for_cpi
./bucc/bin/bucc down --cpi "$(cpi)" \${bucc_args[@]+"\${bucc_args[@]}"}
`

/** \`bin/bucc\`: makes, deletes and describes the machine. Under bbl its files are bbl's own. */
export const program = `#!/usr/bin/env bash
set -eu -o pipefail
repo_root=$(cd "$(dirname "\${BASH_SOURCE[0]}")/.." && pwd)

if [[ -e bbl-state.json ]]; then BBL_STATE_DIR=$PWD; fi
if [[ -n \${BBL_STATE_DIR:-} ]]; then
  project_root=$BBL_STATE_DIR
  state=$BBL_STATE_DIR/vars
  vars_file=$state/director-vars-file.yml
  state_json=$state/bosh-state.json
  vars_store=$state/director-vars-store.yml
else
  project_root=$repo_root
  state=$repo_root/state
  vars_file=$repo_root/vars.yml
  state_json=$state/state.json
  vars_store=$state/creds.yml
fi
mkdir -p "$state"

usage() {
  cat >&2 <<USAGE
BUCC (BOSH UAA Credhub Concourse) CLI v$(sed -n 's/^bucc=//p' "$repo_root/.versions")
  up    creates or updates the machine: --cpi NAME, --recreate, --<flag>
  down  deletes the machine
  int   interpolates the manifest: --path PATH
  vars  what there is to know, as YAML
  env   the same, for a shell
  info  where Concourse is, and how to log in
USAGE
  exit 1
}

# Manifest, ops files in the order of their file names, and where the values are.
manifest_args() {
  local files=("$repo_root"/ops/*.yml "$repo_root/ops/cpis/$(cat "$state/cpi")"/*.yml) flag
  if [[ -s $state/flags ]]; then
    while read -r flag; do files+=("$repo_root/ops/flags/$flag.yml"); done <"$state/flags"
  fi
  if [[ -d $project_root/operators ]]; then files+=("$project_root"/operators/*.yml); fi
  echo "$repo_root/src/bosh-deployment/bosh.yml"
  printf '%s\\n' "\${files[@]}" | awk -F/ '{ print $NF " " $0 }' | sort | cut -d' ' -f2- | sed 's/^/--ops-file=/'
  echo "--vars-store=$vars_store"
  echo "--vars-file=$vars_file"
}

read_options() {
  rest=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --cpi) echo "$2" >"$state/cpi"; shift ;;
      --lite) echo true >"$state/lite" ;;
      --recreate | --var=* | --var-file=*) rest+=("$1") ;;
      --*)
        if [[ ! -e $repo_root/ops/flags/\${1#--}.yml ]]; then
          echo "unsupported flag: $1" >&2
          exit 1
        fi
        echo "\${1#--}" | sort -u - "$state/flags" -o "$state/flags"
        ;;
      *) usage ;;
    esac
    shift
  done
  if [[ ! -d $repo_root/ops/cpis/$(cat "$state/cpi") ]]; then
    echo "'--cpi $(cat "$state/cpi")' not supported, please one of the following:" >&2
    (cd "$repo_root/ops/cpis" && echo ./*) | sed 's|[.]/||g' >&2
    exit 1
  fi
}

up() {
  [[ -e $state/lite ]] || echo false >"$state/lite"
  touch "$state/flags"
  read_options "$@"
  echo "Using flags: --cpi $(cat "$state/cpi") $(sed 's/^/--/' "$state/flags" | xargs)"
  local args
  mapfile -t args < <(manifest_args)
  bosh --tty create-env --skip-drain "\${args[@]}" --state "$state_json" \${rest[@]+"\${rest[@]}"}
}

down() {
  if [[ ! -e $vars_file ]]; then
    echo "please create a environment first with 'bucc up'"
    exit 1
  fi
  touch "$state/flags"
  read_options "$@"
  local args
  mapfile -t args < <(manifest_args)
  bosh --tty delete-env --skip-drain "\${args[@]}" --state "$state_json" \${rest[@]+"\${rest[@]}"}
}

stored() { bosh interpolate "$vars_store" --path "$1"; }

int() {
  local args
  mapfile -t args < <(manifest_args)
  bosh interpolate "\${args[@]}" "$@"
}

address() { bosh interpolate "$vars_file" --path /internal_ip; }

authorities() {
  stored /default_ca/ca
  stored /credhub_ca/ca
}

vars() {
  cat <<VARS
bosh_environment: $(address)
bosh_target: https://$(address):25555
bosh_client: admin
bosh_client_secret: '$(stored /admin_password)'
bosh_ca_cert: |
$(authorities | sed 's/^/  /')
credhub_url: https://$(address):8844
credhub_username: credhub-admin
credhub_password: $(stored /credhub_admin_client_secret)
concourse_url: https://$(address)
concourse_username: admin
concourse_password: $(stored /concourse_password)
VARS
}

print_env() {
  echo "export PATH=$repo_root/bin:\\$PATH"
  [[ -s $vars_store ]] || return 0
  local ca
  ca=$(mktemp)
  authorities >"$ca"
  echo "export BOSH_ENVIRONMENT=$(address)"
  echo "export BOSH_CA_CERT=$ca"
  echo "export BOSH_CLIENT=admin"
  echo "export BOSH_CLIENT_SECRET=$(stored /admin_password)"
  echo "export CREDHUB_SERVER=https://$(address):8844"
  echo "export CREDHUB_CLIENT=credhub-admin"
  echo "export CREDHUB_SECRET=$(stored /credhub_admin_client_secret)"
  echo "export CREDHUB_CA_CERT=$ca"
}

info() {
  echo "Concourse:"
  echo "  url: https://$(address)"
  echo "  username: admin"
  echo "  password: $(stored /concourse_password)"
}

command=\${1:-}
[[ $# -eq 0 ]] || shift
case $command in
  up) up "$@" ;;
  down) down "$@" ;;
  int) int "$@" ;;
  vars) vars ;;
  env) print_env ;;
  info) info ;;
  *) usage ;;
esac
`
