#!/usr/bin/env bash
# Installs the one thing that does not come with the .NET SDK: libvips, which decodes the pictures. Says what it installs.
# With --tests also Node.js, the official JavaScript clients that prove the tests' stand-ins, and Chromium, which looks at the page. Runs as root or with sudo; does nothing where all is there.
set -euo pipefail

say() { echo "setup: $*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    say "need root to run: $*"
    exit 1
  fi
}

has_libvips() {
  [ -n "${IMAGESEARCH_LIBVIPS:-}" ] && return 0
  case "$(uname -s)" in
    Darwin) [ -e /opt/homebrew/lib/libvips.42.dylib ] || [ -e /usr/local/lib/libvips.42.dylib ] ;;
    *) PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q 'libvips\.so\.42' ;;
  esac
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  say "installing $* with apt-get (no recommended extras)"
  as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_libvips() {
  if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq
    # Debian 13 and Ubuntu 24.04 renamed the package; there HEIC needs its plugin by name.
    if apt-cache show libvips42t64 >/dev/null 2>&1; then
      apt_install libvips42t64 libheif-plugin-libde265
    else
      apt_install libvips42
    fi
  elif command -v brew >/dev/null 2>&1; then
    say "installing vips with Homebrew"
    brew install vips
  elif command -v apk >/dev/null 2>&1; then
    say "installing vips and vips-heif with apk"
    as_root apk add vips vips-heif
  elif command -v dnf >/dev/null 2>&1; then
    say "installing vips with dnf"
    as_root dnf install -y vips
  else
    say "libvips is missing and no known package manager was found; install libvips 8.14 or later and run this again"
    exit 1
  fi
}

if has_libvips; then
  say "libvips is present"
else
  install_libvips
fi

has_node() {
  command -v npm >/dev/null 2>&1 && [ "$(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = "true" ]
}

# Debian 12 has Node.js 18, which the official SDKs no longer take: its npm brings a newer one, for the tests alone.
install_node() {
  if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    apt_install npm
  fi
  if ! has_node && command -v npm >/dev/null 2>&1; then
    say "installing Node.js 22 from npm below tests/proof"
    mkdir -p "$proof/runtime"
    npm install --silent --no-audit --no-fund --no-save --prefix "$proof/runtime" node@22 || true
    PATH="$proof/runtime/node_modules/node/bin:$PATH"
  fi
}

has_chromium() {
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1
}

# Debian's package; Ubuntu's of that name only points to a snap.
install_chromium() {
  if grep -qs '^ID=debian$' /etc/os-release; then
    apt_install chromium || say "apt-get failed: the tests of the page will be skipped"
  else
    say "Chromium is missing: the tests of the page will be skipped"
  fi
}

if [ "${1:-}" = "--tests" ]; then
  has_chromium || install_chromium
  proof="$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/proof" && pwd)"
  PATH="$proof/runtime/node_modules/node/bin:$PATH"
  has_node || install_node
  # Node.js from npm knows only its own authorities, not those that this machine trusts beside them.
  if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
  fi
  if ! has_node; then
    say "Node.js 20 or later is missing: the proofs of the stand-ins by the official JavaScript clients will be skipped"
  elif [ ! -e "$proof/node_modules/.package-lock.json" ] || [ "$proof/package-lock.json" -nt "$proof/node_modules/.package-lock.json" ]; then
    say "installing the npm packages of tests/proof"
    npm ci --silent --no-audit --no-fund --prefix "$proof" || say "npm failed: the proofs by the official JavaScript clients will be skipped"
  fi
fi
