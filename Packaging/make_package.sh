#!/bin/sh
# Makes a package of the program EXP for the Debian or Ubuntu that it was built on, and prints its path:
# make_package.sh EXP
set -eu
exp=$(realpath "$1")
cd "$(dirname "$0")/.."
command -v dpkg-shlibdeps > /dev/null || { echo "$0: needs dpkg-shlibdeps, of the package dpkg-dev" >&2; exit 1; }
. /etc/os-release
folder=.build-package
tree=$folder/tree
documents=$tree/usr/share/doc/exp
umask 022
rm -rf "$tree"
make --no-print-directory install DESTDIR="$PWD/$tree" PREFIX=/usr EXP="$exp" > /dev/null
gzip --best --no-name "$tree/usr/share/man/man1/exp.1"

# Links between these hold as they do in the repository.
mkdir -p "$documents"
cp -r README.md docs experiments "$documents/"
cp LICENSE "$documents/copyright"

# dpkg-shlibdeps reads the name of the package here. It sees what the program is linked with, not what it loads when asked.
mkdir -p "$folder/debian" "$tree/DEBIAN"
echo "Source: exp" > "$folder/debian/control"
depends=$(cd "$folder" && dpkg-shlibdeps -O "tree/usr/bin/exp" | sed -n 's/^shlibs:Depends=//p')
archives=$(dpkg-query --search '*/libarchive.so.13' | sed 's/:.*//')
version=$("$exp" --version)+$ID${VERSION_ID:-}
architecture=$(dpkg --print-architecture)
size=$(du --summarize --block-size=1K "$tree" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
  -e "s/@ARCHIVES@/$archives/" Packaging/control > "$tree/DEBIAN/control"
package=$folder/exp_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$tree" "$package" > /dev/null
echo "$package"
