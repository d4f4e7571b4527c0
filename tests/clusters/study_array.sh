#!/bin/bash
# A study as a job array on a real Slurm of one node: study_array.sh STEQ. Ends with 77 where Slurm is not installed. The
# script that `steq reproduce --slurm` writes runs every case: some diverge, some fail and are made good, one is stopped and
# goes on, one is canceled. What is merged in the end is what one process makes at once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
steq=$(realpath "$1")
. "$here/one_node.sh"
has_slurm || exit 77

place=$(mktemp -d)
failed=0
trap 'stop_slurm; [ $failed = 0 ] || tail -n 20 "$place"/*.log "$place"/jobs/*.log; rm -rf "$place"' EXIT
wait_for() { for _ in $(seq 600); do if eval "$1"; then return; fi; sleep 0.1; done; echo "waited in vain: $1"; return 1; }
check() { if eval "$2"; then echo "ok: $1"; else echo "FAILED: $1 ($2)"; failed=1; fi; }

start_slurm
mkdir "$place/jobs" "$place/out of 'it'"
cd "$place/jobs"
cat > study.json << 'JSON'
{"kind": "study", "name": "array", "seeds": [1, 2],
 "base": {"data": {"dataset": "synthetic-digits", "train_size": 200, "test_size": 50, "normalize": "dataset"},
   "model": {"input": [1, 28, 28], "layers": [
     {"type": "conv2d", "name": "conv1", "out": 4, "kernel": 5, "stride": 3, "bias": false, "quantize": true},
     {"type": "relu"}, {"type": "flatten"}, {"type": "dense", "name": "fc", "out": 10}]},
   "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.1}, "batch_size": 20, "epochs": 1,
   "record": {"weights_every_epochs": 0},
   "learners": [{"name": "q-hat", "estimator": "dsq:k=6.5"}, {"name": "ste", "estimator": "ste"}],
   "compare": [["q-hat", "ste"]]},
 "variants": [{"name": "rate", "vary": {"optimizer.learning_rate": [0.1, 1e38]}},
              {"name": "late", "set": {"init.file": "start.safetensors"}},
              {"name": "long", "set": {"steps": 3000}}],
 "tables": [{"name": "all"}]}
JSON
out="$place/out of 'it'"
reproduce() { "$steq" reproduce study.json --quiet --threads 1 --out "$@"; }
reproduce "$out" --slurm array.slurm > said
sbatch() { command sbatch --time=10 "$@"; }

# The script submits itself and the merge behind it. Cases 2 and 3 diverge, 4 and 5 fail, as a file is missing, 6 is
# canceled by its user, and 7 stopped as by the end of its time.
bash array.slurm --time=10 | tee said
cases=$(sed -n 's/.*cases as job \([0-9]*\) .*/\1/p' said)
merge=$(sed -n 's/.*merge as job \([0-9]*\)\..*/\1/p' said)
field() { scontrol show job "$1" 2> /dev/null | sed -n "s/.*$2=\([^ ]*\).*/\1/p" | head -1; }
saved() { wait_for '[ -e "$out"/array/runs/'"$1"'.partial/checkpoint ]'; }
saved long-seed-1
scancel "${cases}_6"
saved long-seed-2
scancel --batch --signal=TERM "${cases}_7"
wait_for 'grep -qs "was interrupted" array-"${cases}"_7.log'
sleep 3
check 'a stopped task comes back' '[ "$(field "${cases}_7" Restarts)" = 1 ]'
check 'a canceled task stays away' '[ "$(field "${cases}_6" JobState)" = CANCELLED ]'
check 'the merge waits for what comes back' '[ "$(field "$merge" JobState)" = PENDING ]'
scancel "${cases}_7"  # Slurm would begin it again in two minutes; the test does not wait

wait_for '[ "$(field "$merge" JobState)" = FAILED ]'
log=$(echo array-*-merge.log)
check 'the merge ends with 1 where cases are missing' '[ "$(field "$merge" ExitCode)" = 1:0 ]'
for line in 'case 4, late-seed-1, is missing' 'case 7, long-seed-2, was stopped; its checkpoint is there' \
            '4 of 8 cases are not in the tables: 4-7;'; do
  check "the merge says: $line" 'grep -qF "$line" "$log"'
done
check 'what diverged is in the tables' 'grep -q "diverged at step" "$out/array/tables/all.csv"'
check 'a case that fails says why' 'grep -q "start.safetensors" array-"${cases}"_4.log'

# What is missing once more, and the merge behind it.
cp "$out/array/runs/rate-0.1-seed-1/weights/q-hat-final.safetensors" start.safetensors
code=0; sbatch --wait --array=4-7 array.slurm > said || code=$?
check 'what was missing is made, and what was stopped goes on' '[ $code = 0 ]'
code=0; sbatch --wait --array=0-7 array.slurm > said || code=$?
check 'cases that are done end at once, and a diverged one with 4' '[ $code = 4 ]'
code=0; sbatch --wait --array=0 array.slurm merge > said || code=$?
check 'the merge is complete' '[ $code = 0 ]'

reproduce "$place/whole" > said
hashes() { (cd "$1/array" && find . -type f ! -name manifest.json | LC_ALL=C sort | xargs sha256sum); }
check 'the merge is what one process makes' '[ "$(hashes "$out")" = "$(hashes "$place/whole")" ]'
check 'there is something to compare' '[ "$(hashes "$out" | wc -l)" -gt 80 ]'
exit $failed
