#!/bin/bash
# Short runs of the program given as first argument against stored hashes of their weights and tables;
# `portable_bits.sh PROGRAM update` stores those that it finds.
set -euo pipefail
program=$(realpath "$1")
hashes=$(realpath "$(dirname "$0")")/portable_bits.sha256
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"

cat > config.json << 'END'
{
  "data": {"dataset": "synthetic-digits", "train_size": 300, "test_size": 100, "normalize": "none"},
  "model": "mnist-convnet",
  "quantizer": {"type": "uniform", "bits": 2},
  "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.01, "schedule": {"type": "warmup-cosine", "warmup": 0.02}},
  "batch_size": 100,
  "steps": 12,
  "learners": [
    {"name": "q-hat", "estimator": {"type": "dsq", "k": 6.5}},
    {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"},
    {"name": "jitter", "like": "q-hat", "learning_rate_scale": 1.01},
    {"name": "no-warp", "estimator": "ste"},
    {"name": "twin", "like": "q-hat"}
  ],
  "compare": [["q-hat", "ste"], ["q-hat", "jitter"], ["q-hat", "no-warp"], ["q-hat", "twin"]]
}
END
run() { "$program" run config.json --quiet "${@:2}" --out "$1" > /dev/null; }
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
