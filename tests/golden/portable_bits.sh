#!/bin/bash
# Short runs of the program given as first argument against stored hashes of their weights and tables;
# `portable_bits.sh PROGRAM update` stores those that it finds.
set -euo pipefail
program=$(realpath "$1")
hashes=$(realpath "$(dirname "$0")")/portable_bits.sha256
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"

run() {
  "$program" run quickstart --quiet --set data.train_size=300 --set data.test_size=100 "${@:2}" --out "$1" > /dev/null
}
adam='{"type": "adam", "learning_rate": 0.001, "schedule": {"type": "warmup-cosine", "warmup": 0.02}}'
run convnet-float --set steps=12
run convnet-double --set steps=6 --set precision=double --set "optimizer=$adam"
run residual --set steps=2 --set model=resnet20

find . -path '*/weights/*-final.safetensors' -o -path '*/tables/*.csv' | LC_ALL=C sort | xargs sha256sum > found.sha256
[ "$(wc -l < found.sha256)" -gt 20 ]
if [ "${2:-}" = update ]; then
  cp found.sha256 "$hashes"
else
  diff "$hashes" found.sha256
fi
