#!/bin/sh
# Checks the kernels in C against plain loops, once for each instruction set, under the sanitizers for addresses and
# undefined behaviour. Build products are kept in .build-kernels.
set -eu
CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")/.."
command -v clang > /dev/null || { echo "$0: needs clang, which is in Swift's toolchain" >&2; exit 1; }
unset ONEDNN_MAX_CPU_ISA DNNL_MAX_CPU_ISA
make --silent --jobs "$(nproc)" --file Tests/CKernels/Makefile FOLDER=.build-kernels/sanitized CC=clang \
  CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined' LDFLAGS=-fuse-ld=lld
for set in SSE41 AVX2 AVX512_CORE; do
  ONEDNN_MAX_CPU_ISA=$set .build-kernels/sanitized/check
done
