#!/bin/sh
# Makes sure of what the other scripts need: Node, the npm packages of the lockfile, Debian packages.
# Usage: needs.sh PACKAGE=PROGRAM …   Quick when all is there. Exit code 2: something lacks and can't be installed here.
set -eu

stop() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 2
}

cd "$(dirname "$0")/.."
command -v node >/dev/null || stop 'node: found nothing on PATH, expected Node 20.19 or newer' 'install Node, see https://nodejs.org'
command -v git >/dev/null || stop 'git: found nothing on PATH, expected git' 'install git'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  stop "node: found $(node --version), expected 20.19 or newer" 'install a newer Node'

# The lockfile that was installed last stands beside the packages.
if ! cmp -s package-lock.json node_modules/.causeway-lock; then
  npm ci --no-audit --no-fund >&2 || stop 'npm ci: failed, expected the packages of package-lock.json' 'read what npm said above'
  cp package-lock.json node_modules/.causeway-lock
fi

missing=''
for need in "$@"; do
  command -v "${need#*=}" >/dev/null || missing="$missing ${need%%=*}"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  stop "programs of these Debian packages are missing:$missing" "sudo apt-get install$missing"
fi
{
  apt-get update -q
  # Each word of the list is a package.
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
} >&2 || stop "apt-get install$missing: failed" 'read what apt-get said above'
