#!/bin/bash
# Runs every fuzz target for a while: scripts/fuzz.sh [seconds each] [target...]. Needs clang and libclang-rt-dev.
# Leaves in build/fuzz/corpus what it learnt, and in build/fuzz/artifacts the inputs on which a target failed.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
programs=build/fuzz/tests/fuzz
command -v clang++ > /dev/null || { echo "fuzz.sh: clang++ is not installed" >&2; exit 77; }
[ -f build/fuzz/CMakeCache.txt ] || cmake --preset fuzz
cmake --build --preset fuzz
targets=("$@")
[ ${#targets[@]} -gt 0 ] || for source in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$source" _fuzz.cpp)"); done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$programs/write_seeds" "$scratch/seeds"
mkdir -p build/fuzz/artifacts
failed=()
for name in "${targets[@]}"; do
  inputs=("build/fuzz/corpus/$name" "$scratch/seeds/$name")
  [ -d "tests/fuzz/found/$name" ] && inputs+=("tests/fuzz/found/$name")
  mkdir -p "build/fuzz/corpus/$name"
  echo "== $name, $seconds s"
  # Our own allocation of more than 512 MB is a failure; libhdf5, which asks for what a damaged header names, gets none.
  ASAN_OPTIONS=allocator_may_return_null=1:max_allocation_size_mb=512 TMPDIR=$scratch OMP_NUM_THREADS=1 \
    "$programs/${name}_fuzz" -max_total_time="$seconds" -max_len=65536 -timeout=10 -malloc_limit_mb=1000000 \
    -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/artifacts/$name-" "${inputs[@]}" || failed+=("$name")
done
[ ${#failed[@]} -eq 0 ] || { echo "fuzz.sh: failed: ${failed[*]}; inputs in build/fuzz/artifacts" >&2; exit 1; }
