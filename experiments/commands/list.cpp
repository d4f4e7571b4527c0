// SPDX-License-Identifier: MIT
#include "experiments/commands/list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/tables/verdict.hpp"
#include "records/checkpoint.hpp"
#include "records/lock_file.hpp"
#include "records/log_reader.hpp"
#include "records/run_contents.hpp"
#include "records/run_files.hpp"
#include "records/stored_json.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".partial";

std::uintmax_t bytes_below(const fs::path& directory) {
  std::uintmax_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator file(directory, fs::directory_options::skip_permission_denied, error), end;
       file != end; file.increment(error))
    if (std::error_code unread; file->is_regular_file(unread)) bytes += file->file_size(unread);
  return bytes;
}

/// "complete", "interrupted" or "diverged", as steq has written it.
void read_results(const fs::path& directory, ListedRun& run) {
  const std::string file = (directory / "summary.json").string();
  const Json summary = read_json_if_there(file);
  check_summary(summary, file);
  if (!summary.is_object()) throw InputError(file, "is missing");
  run.state = summary.value("status", "complete");
  if (summary.contains("steps") && summary["steps"].is_number_unsigned()) run.step = summary["steps"];
  if (!summary.contains("learners")) return;
  for (const auto& [name, unused] : summary["learners"].items()) run.learners.push_back(name);
  if (!summary.contains("comparisons")) return;
  const std::vector<std::string> sentences = verdicts(summary);
  if (!sentences.empty()) run.verdict = sentences.front();
}

void read_unfinished(const fs::path& directory, ListedRun& run) {
  const bool held = is_locked(directory.string() + ".lock");
  const auto found = has_checkpoint(directory) ? find_checkpoint(directory) : std::nullopt;
  run.state = held ? "running" : found ? "unfinished, goes on" : "unfinished";
  if (found) run.step = found->checkpoint.about.value("step", std::uint64_t{0});
}

void read_logs(const fs::path& directory, ListedRun& run) {
  const std::string log = (directory / "logs.h5").string();
  run.state = is_locked((directory / "recorder.lock").string()) ? "recording" : "recorded";
  if (fs::exists(log + ".journal")) return;  // the log is not whole before the rest of a flush is in it
  const LogReader logs(log);
  run.learners = logs.learners();
  for (const std::string& learner : run.learners)
    if (const auto steps = logs.steps(learner)) run.step = std::max<std::uint64_t>(run.step.value_or(0), *steps);
}

std::string study_state(const fs::path& directory) {
  const Json study = read_json_if_there(directory / "study.json");
  return study.is_object() ? study.value("status", "complete") : "unfinished";
}

/// Nothing where the directory is none of a run.
std::optional<ListedRun> run_in(const fs::path& directory) {
  ListedRun run;
  run.directory = directory.string();
  std::error_code error;
  try {
    if (is_study(directory)) {
      run.kind = "study";
      run.state = study_state(directory);
    } else if (is_run(directory)) {
      run.kind = is_training_config(read_json_if_there(directory / "config.json")) ? "run" : "experiment";
      read_results(directory, run);
    } else if (directory.string().ends_with(kUnfinished) && is_unfinished_run(directory)) {
      run.kind = "run";
      read_unfinished(directory, run);
    } else if (fs::is_regular_file(directory / "logs.h5", error)) {
      run.kind = "logs";
      read_logs(directory, run);
    } else {
      return std::nullopt;
    }
  } catch (const std::exception&) {
    run.state = "damaged";
  }
  run.bytes = bytes_below(directory);
  return run;
}

void add_runs(const fs::path& directory, std::vector<ListedRun>& runs) {
  if (auto run = run_in(directory)) {
    runs.push_back(*std::move(run));
    if (runs.back().kind != "study") return;
  }
  std::vector<fs::path> below;
  std::error_code error;
  for (fs::directory_iterator entry(directory, fs::directory_options::skip_permission_denied, error), end; entry != end;
       entry.increment(error))
    if (std::error_code unread; entry->is_directory(unread) && !entry->is_symlink(unread))
      below.push_back(entry->path());
  std::ranges::sort(below);
  for (const fs::path& path : below) add_runs(path, runs);
}

}  // namespace

std::vector<ListedRun> list_runs(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw InputError(folder.string(), "is no folder; allowed: one with runs in it");
  std::vector<ListedRun> runs;
  add_runs(folder, runs);
  return runs;
}

}  // namespace steq
