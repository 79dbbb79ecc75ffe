#!/bin/sh
# Checks the kernels in C as they are compiled for AArch64, by GCC and by Clang, with qemu in place of such a CPU. Build
# products are kept in .build-kernels.
set -eu
CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")/.."
for program in aarch64-linux-gnu-gcc qemu-aarch64 clang; do
  command -v $program > /dev/null || {
    echo "$0: needs $program: clang is in Swift's toolchain; for the others, as root:" >&2
    echo "  apt-get install --yes gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user" >&2
    exit 1
  }
done

# check NAME COMPILER
check() {
  folder=.build-kernels/aarch64-$1
  make --silent --jobs "$(nproc)" --file Tests/CKernels/Makefile FOLDER="$folder" CC="$2" CFLAGS=-O2 \
    LINK=aarch64-linux-gnu-gcc LDFLAGS=-static
  qemu-aarch64 "$folder/check"
}
check gcc aarch64-linux-gnu-gcc
check clang 'clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include'
