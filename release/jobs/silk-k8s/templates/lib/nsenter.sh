# shellcheck shell=sh
# Puts the wrapper in the place of a folder's nsenter, and takes it away. At no moment is there no nsenter.

is_wrapper() {
  [ -f "$1" ] && sed -n 2p "$1" | grep -q '^# nsenter of silk-k8s'
}

# Keeps the real one beside the wrapper, as nsenter.real. A package that was updated has brought a real one again.
install_wrapper() {
  if ! is_wrapper "$1/nsenter"; then
    if [ ! -x "$1/nsenter" ]; then
      echo "error: $1/nsenter: found no program, expected the one that kubelet calls" >&2
      return 1
    fi
    cp -p "$1/nsenter" "$1/nsenter.real.new"
    mv -f "$1/nsenter.real.new" "$1/nsenter.real"
  fi
  if [ ! -x "$1/nsenter.real" ] || is_wrapper "$1/nsenter.real"; then
    echo "error: $1/nsenter.real: found no real nsenter, expected the one that the wrapper was put before" >&2
    return 1
  fi
  sed "s|^real=.*|real='$1/nsenter.real'|" "$job/bin/nsenter-wrapper" >"$1/nsenter.new"
  chmod 0755 "$1/nsenter.new"
  mv -f "$1/nsenter.new" "$1/nsenter"
}

# Where the wrapper is not in place, it leaves nsenter as it is.
remove_wrapper() {
  if is_wrapper "$1/nsenter"; then
    if [ ! -x "$1/nsenter.real" ] || is_wrapper "$1/nsenter.real"; then
      echo "error: $1/nsenter.real: found no real nsenter to put back" >&2
      return 1
    fi
    mv -f "$1/nsenter.real" "$1/nsenter"
  fi
  rm -f "$1/nsenter.real"
}
