#!/bin/sh
# Installs a package that `make package` made into a fresh Debian that has nothing else, and goes there what the manual says:
# check_package.sh PACKAGE RELEASE, such as bookworm. Needs root, debootstrap, and the network until the package is installed.
set -eu
[ $# = 2 ] || { echo "usage: $0 PACKAGE RELEASE" >&2; exit 64; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root, for debootstrap and chroot" >&2; exit 1; }
command -v debootstrap > /dev/null || { echo "$0: needs debootstrap" >&2; exit 1; }
package=$(realpath "$1")
release=$2
cd "$(dirname "$0")/.."
fresh=$PWD/.build-debian/fresh-$release
tree=$PWD/.build-debian/check-$release

# A tree as debootstrap makes it is kept, and copied for each check.
if [ ! -f "$fresh/made" ]; then
  rm -rf --one-file-system "$fresh"
  mkdir -p "$fresh"
  # What an interrupted debootstrap has mounted goes with it.
  unshare --mount debootstrap --variant=minbase "$release" "$fresh"
  touch "$fresh/made"
fi
rm -rf --one-file-system "$tree"
cp -a "$fresh" "$tree"
cp /etc/resolv.conf "$tree/etc/"
cp "$package" "$tree/exp.deb"

# Runs commands in the tree; what is mounted for them goes with them. `unshare` takes further options.
inside() {
  commands=$1
  shift
  unshare --mount "$@" sh -euc '
    mount --rbind /proc "$0/proc"
    mount --rbind /dev "$0/dev"
    exec chroot "$0" env --ignore-environment HOME=/tmp LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
      DEBIAN_FRONTEND=noninteractive sh -euc "$1"' "$tree" "$commands"
}

inside 'apt-get update -q; apt-get install -qy --no-install-recommends /exp.deb; ! command -v swift'
# shellcheck disable=SC2016
inside '
  cd "$(mktemp --directory)"
  exp --version
  exp init digits
  exp check digits.yaml
  exp run digits.yaml --quiet
  exp compare
  exp run /usr/share/doc/exp/experiments/synthetic-quickstart.yaml --quiet
  exp data sample shapes
  exp predict latest "$(ls runs/synthetic-quickstart/*/mistakes/*.png | head -1)"
  gzip --test /usr/share/man/man1/exp.1.gz
  for file in bash-completion/completions/exp zsh/site-functions/_exp fish/vendor_completions.d/exp.fish; do
    test -s "/usr/share/$file"
  done
  dpkg --verify exp' --net
rm -rf --one-file-system "$tree"
echo "$package works on a fresh $release"
