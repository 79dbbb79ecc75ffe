#!/bin/sh
# Runs the numeric suites once for each instruction set that this CPU has, with oneDNN's kernels and our own limited
# alike, and says which it ran.
#
#   Tests/with_each_instruction_set.sh [SET...]
#
# Sets are named as ONEDNN_MAX_CPU_ISA names them, and `best` is no limit. One that this CPU lacks is named and left out.
set -eu
CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")/.."
unset ONEDNN_MAX_CPU_ISA DNNL_MAX_CPU_ISA
command -v swift > /dev/null || { echo "$0: needs swift" >&2; exit 1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

known='SSE41 AVX AVX2 AVX2_VNNI AVX512_CORE AVX512_CORE_VNNI AVX512_CORE_BF16 best'

# The flags in /proc/cpuinfo that a set needs.
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
    *) echo "$0: there is no instruction set '$1'; there are $known" >&2; exit 64 ;;
  esac
}

has() {
  for flag in $(flags_of "$1"); do
    grep --quiet --word-regexp "$flag" /proc/cpuinfo || return 1
  done
}

# As in the Makefile, since other arguments would build everything anew.
run_tests() {
  swift test --configuration release --explicit-target-dependency-import-check error --filter "$1" > "$log" 2>&1
}

[ $# -gt 0 ] || set -- $known
for set in "$@"; do flags_of "$set" > /dev/null || exit; done
run_tests InstructionSetTests || { cat "$log"; exit 1; }

numeric='(Tensors|OneDNNBackend|Datasets|Learning)Tests\.|ExpCommandTests\.(Run|Compare|Evaluate|Verify)CommandTests'
grep --max-count 1 'model name' /proc/cpuinfo | sed 's/.*: /CPU: /'
ran=0
failed=0
for set in "$@"; do
  if ! has "$set"; then
    echo "$set: not on this CPU"
    continue
  fi
  ran=1
  if [ "$set" = best ]; then unset ONEDNN_MAX_CPU_ISA; else export ONEDNN_MAX_CPU_ISA="$set"; fi
  code=0
  run_tests "$numeric" || code=$?
  used=$(sed -n 's/^instruction set: //p' "$log")
  ended=$(grep --only-matching 'Test run with .*' "$log" || echo "the tests did not run to their end")
  [ "$code" = 0 ] && [ -n "$used" ] || { failed=1; cat "$log"; }
  echo "$set: ${used:-unknown}. $ended"
done
[ "$ran" = 1 ] || exit 1
exit $failed
