#!/bin/bash
# Installs what steq needs (Debian 12, as root), builds it and runs its tests; `scripts/test.sh dev` with sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}
scripts/install-packages.sh
cmake --preset "$preset"
cmake --build --preset "$preset"
ctest --preset "$preset"
