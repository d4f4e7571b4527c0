#!/bin/bash
# What docs/clusters.md shows of an engine: engine.sh STEQ ENGINE DOCS. Runs the block below "engine: ENGINE" and compares
# what it makes with the study run at once. Ends with 77 where the engine is not installed.
set -euo pipefail
steq=$(realpath "$1") engine=$2 docs=$(realpath "$3")
command -v "$engine" > /dev/null || { echo "SKIPPED: $engine is not installed"; exit 77; }
[ "$engine" != mpirun ] || mpirun --version | grep -q "Open MPI" || { echo "SKIPPED: mpirun is not Open MPI's"; exit 77; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
mkdir bin
ln -s "$steq" bin/steq
export PATH="$place/bin:$PATH" HOME="$place"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1

# The block of a document below a comment.
block() { awk -v mark="<!-- $2 -->" '$0 == mark { found = 1; next } found && /^```/ { if (inside) exit; inside = 1; next } inside' "$docs/$1"; }
block studies.md "file: better.json" > better.json
block clusters.md "file: Snakefile" > Snakefile
block clusters.md "engine: $engine" > lines.sh
[ -s lines.sh ] && [ -s Snakefile ] && [ -s better.json ]

bash -e lines.sh
steq reproduce better.json --threads 1 --quiet --out whole > log
diff -r whole/better reproduce/better
[ "$(find reproduce/better -name summary.json | wc -l)" = 10 ]
