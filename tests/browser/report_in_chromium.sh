#!/bin/bash
# The report in a real browser, from a file:// address: report_in_chromium.sh STEQ. Ends with 77 where chromium is not
# installed. A copy of the page carries probe.js, which uses the page and tells its findings to the page around it. The
# copy stands in a frame, because no window is as narrow as a phone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
steq=$1
chromium=$(command -v chromium) || { echo "SKIPPED: chromium is not installed"; exit 77; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/config.json" <<'JSON'
{"name": "tiny", "data": {"dataset": "synthetic-digits", "train_size": 200, "test_size": 100},
 "model": {"input": [1, 28, 28], "layers": [
   {"type": "conv2d", "name": "conv1", "out": 4, "kernel": 5, "quantize": true}, {"type": "relu"},
   {"type": "max_pool2d", "kernel": 2}, {"type": "flatten"}, {"type": "dense", "name": "fc", "out": 10}]},
 "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.1}, "batch_size": 20, "epochs": 3,
 "learners": [{"name": "q-hat", "estimator": {"type": "dsq", "k": 6.5}},
              {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"},
              {"name": "jitter", "like": "q-hat", "learning_rate_scale": 1.01}],
 "compare": [["q-hat", "ste"], ["q-hat", "jitter"]]}
JSON
for seed in 1 2; do
  "$steq" run "$place/config.json" --seed $seed --out "$place/run-$seed" --quiet > "$place/log"
done
"$steq" report "$place/run-1" --out "$place/one.html" > "$place/log"
"$steq" report "$place/run-1" "$place/run-2" --out "$place/two.html" > "$place/log"

# Before everything else what catches errors; after everything else the probe.
probed() {
  sed -e '0,/<meta charset="utf-8">/s||&<script>const problems = []; addEventListener("error", e => problems.push(e.message)); addEventListener("securitypolicyviolation", e => problems.push(e.blockedURI)); console.error = (...words) => problems.push(words.join(" "));</script>|' \
      "$place/$1.html" > "$place/probed.html"
  { echo "<script>const kKind = '$1', kWidth = $2;"; cat "$here/probe.js"; echo "</script>"; } >> "$place/probed.html"
  cat > "$place/frame.html" <<HTML
<!DOCTYPE html><title>the page said nothing</title><iframe src="probed.html" width="$2" height="900" frameborder="0"></iframe>
<script>addEventListener('message', event => { document.title = event.data; });</script>
HTML
}

failed=0
for page in one two; do
  for width in 1280 390; do
    probed $page $width
    dom=$("$chromium" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$place/profile" \
          --window-size=1400,1000 --hide-scrollbars --virtual-time-budget=10000 --dump-dom "file://$place/frame.html" 2> "$place/log")
    findings=$(grep -o '<title>[^<]*</title>' <<< "$dom" | head -1 || true)
    echo "$page at $width px: $findings"
    [ "$findings" = "<title>all is well</title>" ] || failed=1
  done
done
exit $failed
