// SPDX-License-Identifier: MIT
#include "experiments/commands/slurm_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/entry/shell_word.hpp"

namespace steq {
namespace {

/// Slurm allows indices up to 1000 where nothing else is configured.
constexpr std::size_t kMostTasks = 1000;

constexpr const char* kScript = R"(#!/bin/bash
# The @cases@ cases of @name@ as a Slurm job array, and behind it a job that makes the tables of those that are there.
#
#   bash FILE [OPTION...]            submits both; the options go to sbatch
#   sbatch --array=2,3 FILE          submits single cases again, for instance those that the merge names
#   sbatch --array=0 FILE merge      submits the merge again
#
# These lines are what clusters differ in: a line that begins with ## is off. Options of sbatch prevail over them.
#SBATCH --job-name=@name@
#SBATCH --array=0-@last@
##SBATCH --array=0-@last@%10  # at most ten at a time
#SBATCH --cpus-per-task=@cpus@  # the threads of a case; no result depends on it
#SBATCH --time=24:00:00  # of one attempt: what is not done by then goes on in the next
##SBATCH --mem=4G
##SBATCH --partition=NAME
##SBATCH --account=NAME
##SBATCH --constraint=NAME  # one kind of processor: cases of different kinds are not merged
#SBATCH --output=@name@-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@120  # two minutes before the end of the time, so that the case saves itself
#SBATCH --requeue

steq=(@call@)

file=$(realpath "$0")
if [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then  # in a shell, and not in a job
  cases=$(sbatch --parsable "$@" "$file") || exit
  merge=$(sbatch --parsable "$@" --dependency=afterany:"${cases%%;*}" --array=0 --cpus-per-task=1 \
    --job-name=@name@-merge --output=@name@-%A-merge.log "$file" merge) || exit
  echo "Submitted the cases as job ${cases%%;*} and their merge as job ${merge%%;*}."
  exit
fi

cd @directory@ || exit 3
if [ "${1:-}" = merge ]; then exec "${steq[@]}" --merge; fi

# Slurm signals this shell alone, which hands it on and waits for the case to save itself.
"${steq[@]}" @choice@ --threads "${SLURM_CPUS_PER_TASK:-1}" & pid=$!
trap 'kill -TERM $pid 2> /dev/null' TERM
wait $pid; code=$?
while [ $code -gt 128 ] && kill -0 $pid 2> /dev/null; do wait $pid; code=$?; done

# 130: saved, the next attempt goes on. 75: the lock of an attempt whose node was lost, which expires. Both come back, but
# a job that was canceled, which runs no more. (SLURM_JOB_ID would not do: that of one task names the whole array.)
task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
if [ $code = 130 ] || { [ $code = 75 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 9 ]; }; then
  scontrol show job "$task" | grep -q JobState=RUNNING && scontrol requeue "$task"
fi
exit $code
)";

std::string joined_words(const std::vector<std::string>& call) {
  std::string text;
  for (const std::string& word : call) text += (text.empty() ? "" : " ") + shell_word(word);
  return text;
}

/// With a value in place of each @NAME@.
std::string filled(std::string text, const std::map<std::string, std::string>& values) {
  std::string result;
  for (std::size_t at = 0;;) {
    const std::size_t begin = text.find('@', at), end = text.find('@', begin + 1);
    const auto value = end == text.npos ? values.end() : values.find(text.substr(begin + 1, end - begin - 1));
    if (begin == text.npos) return result + text.substr(at);
    result += text.substr(at, begin - at) + (value == values.end() ? "@" : value->second);
    at = value == values.end() ? begin + 1 : end + 1;
  }
}

}  // namespace

std::string slurm_script(const SlurmJob& job) {
  const std::size_t tasks = std::min(job.cases, kMostTasks);
  const std::string choice = tasks == job.cases ? "--case \"$SLURM_ARRAY_TASK_ID\""
                                                : fmt::format("--shard \"$SLURM_ARRAY_TASK_ID/{}\"", tasks);
  return filled(kScript, {{"name", job.name},
                          {"cases", fmt::format("{}", job.cases)},
                          {"last", fmt::format("{}", tasks - 1)},
                          {"cpus", fmt::format("{}", job.cpus)},
                          {"call", joined_words(job.call)},
                          {"directory", shell_word(job.directory)},
                          {"choice", choice}});
}

}  // namespace steq
