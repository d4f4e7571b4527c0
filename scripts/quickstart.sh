#!/bin/bash
# Installs what steq needs (Debian 12, as root), builds it and runs its main job on drawn digits.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh
cmake --preset release
cmake --build --preset release --target steq
build/release/steq run quickstart --report --force "$@"
