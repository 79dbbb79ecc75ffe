#!/bin/sh
# Runs the numeric suites once for each instruction set that this CPU has, with oneDNN's kernels and our own limited
# alike, and says at the end which it ran.
#
#   Tests/with_each_instruction_set.sh [SET...]
#
# Sets are those of ONEDNN_MAX_CPU_ISA, and `best` for no limit. One that this CPU lacks is named and left out.
set -eu
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# What a set needs of the flags in /proc/cpuinfo.
flags_of() {
  case $1 in
    best) ;;
    SSE41) echo sse4_1 ;;
    AVX) echo avx ;;
    AVX2) echo avx2 fma bmi2 ;;
    AVX2_VNNI) echo avx2 fma bmi2 avx_vnni ;;
    AVX512_CORE) echo avx512f avx512bw avx512cd avx512dq avx512vl ;;
    AVX512_CORE_VNNI) echo avx512_vnni ;;
    AVX512_CORE_BF16) echo avx512_bf16 ;;
    AVX512_CORE_FP16) echo avx512_fp16 ;;
    *) echo "$0: there is no instruction set '$1'" >&2; exit 64 ;;
  esac
}

has() {
  for flag in $(flags_of "$1"); do
    grep --quiet --word-regexp "$flag" /proc/cpuinfo || return 1
  done
}

[ $# -gt 0 ] || set -- SSE41 AVX AVX2 AVX2_VNNI AVX512_CORE AVX512_CORE_VNNI AVX512_CORE_BF16 AVX512_CORE_FP16 best
for set in "$@"; do flags_of "$set" > /dev/null || exit; done

summary=
failed=0
for set in "$@"; do
  if ! has "$set"; then
    summary="$summary$set: not on this CPU
"
    continue
  fi
  unset ONEDNN_MAX_CPU_ISA DNNL_MAX_CPU_ISA
  [ "$set" = best ] || export ONEDNN_MAX_CPU_ISA="$set"
  code=0
  # As in the Makefile: other arguments would build everything anew.
  swift test --configuration release --explicit-target-dependency-import-check error \
    --filter '(Tensors|OneDNNBackend|Datasets|Learning)Tests\.' > "$log" 2>&1 || code=$?
  grep '^✘' "$log" || true
  used=$(sed -n 's/^instruction set: //p' "$log")
  ended=$(grep --only-matching 'Test run with .*' "$log" || echo "the tests did not run to their end")
  [ "$code" = 0 ] || { failed=1; [ -n "$used" ] || cat "$log"; }
  summary="$summary$set: ${used:-unknown}. $ended
"
done
grep --max-count 1 'model name' /proc/cpuinfo | sed 's/.*: /CPU: /'
printf '%s' "$summary"
exit $failed
