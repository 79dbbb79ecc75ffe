#!/bin/sh
# Runs a command, unless given `make test`, in this repository as it would run on Debian 13, whose oneDNN is version 3.
# Debian lies in .build-debian, and is made with debootstrap the first time; the toolchain is this machine's. Needs root.
set -eu
[ "$(id -u)" = 0 ] || { echo "$0: needs root, for debootstrap and chroot" >&2; exit 1; }
command -v swift debootstrap > /dev/null || { echo "$0: needs swift and debootstrap" >&2; exit 1; }
data=${EXP_DATA_DIR:+$(realpath "$EXP_DATA_DIR")}
cd "$(dirname "$0")/.."
repository=$PWD
tree=$repository/.build-debian/root
swift=$(readlink --canonicalize "$(command -v swift)")
toolchain=${swift%/usr/bin/*}
# What the toolchain needs of a system; what exp needs is installed by `make`.
needed=ca-certificates,make,git,binutils,dpkg-dev,gcc,libc6-dev,libstdc++-14-dev,curl,libxml2,libedit2,libncurses6,libsqlite3-0,tzdata

if [ ! -f "$tree/made" ]; then
  rm -rf --one-file-system "$tree"
  mkdir -p "$tree"
  # What an interrupted debootstrap has mounted goes with it.
  unshare --mount debootstrap --variant=minbase --include=$needed trixie "$tree"
  touch "$tree/made"
fi
cp /etc/resolv.conf "$tree/etc/"
# Packages are fetched out here, where git may be told where to find them.
build=$repository/.build-debian/build
swift package --scratch-path "$build" resolve
[ $# -gt 0 ] || set -- make test

# The mounts are seen by this command alone, and go with it. Build products go where no others are.
export tree repository toolchain build data
exec unshare --mount sh -euc '
  for folder in "$repository" "$toolchain" ${data:+"$data"} /proc /dev /sys; do
    mkdir -p "$tree$folder"
    mount --rbind "$folder" "$tree$folder"
  done
  mkdir -p "$repository/.build"
  mount --bind "$build" "$tree$repository/.build"
  exec chroot "$tree" env --ignore-environment HOME=/root PATH="$toolchain/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    LANG=C.UTF-8 ${data:+EXP_DATA_DIR="$data"} sh -euc "cd \"\$0\" && exec \"\$@\"" "$repository" "$@"
' sh "$@"
