// SPDX-License-Identifier: MIT
#include "experiments/diff/run_pair.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/errors.hpp"
#include "sim/core/parameters.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

StoredRun open(const fs::path& directory, const NamedControls& controls) {
  StoredRun run(directory, controls);
  if (run.learners().empty())
    throw InputError(run.place("logs.h5"),
                     "holds no learner; allowed: groups /LEARNER/TENSOR with initial_levels and change_points");
  return run;
}

std::string listed(const RunPair& runs) {
  return fmt::format("{} has {}; {} has {}", runs.a.directory().string(), join(runs.a.learners()),
                     runs.b.directory().string(), join(runs.b.learners()));
}

void match_named(RunPair& runs, const std::string& text) {
  const std::size_t comma = text.find(',');
  const std::string a = text.substr(0, comma), b = comma == text.npos ? a : text.substr(comma + 1);
  if (!has(runs.a.learners(), a) || !has(runs.b.learners(), b))
    throw InputError("--learners", fmt::format("\"{}\" is not allowed; allowed: one learner of each run, as NAME,NAME; "
                                               "{}",
                                               text, listed(runs)));
  runs.learners = {{a, b}};
}

void match_all(RunPair& runs) {
  const Names &a = runs.a.learners(), &b = runs.b.learners();
  if (a.size() == 1 && b.size() == 1) {
    runs.learners = {{a[0], b[0]}};
    return;
  }
  for (const std::string& name : a)
    if (has(b, name))
      runs.learners.emplace_back(name, name);
    else
      runs.only_a.push_back(name);
  std::ranges::copy_if(b, std::back_inserter(runs.only_b), [&](const std::string& name) { return !has(a, name); });
  if (runs.learners.empty())
    throw InputError("--learners",
                     fmt::format("is missing, as no learner has the same name in both; {}", listed(runs)));
}

/// Controls within one run are that run's own.
void match_control(RunPair& runs, const NamedControl& control) {
  const auto within = [&](const StoredRun& run) { return run.has_learner(control.a) && run.has_learner(control.b); };
  if (within(runs.a) || within(runs.b)) return;
  if (!runs.a.has_learner(control.a) || !runs.b.has_learner(control.b))
    throw InputError(
        "--" + to_text(control.kind),
        fmt::format("\"{},{}\" is not allowed; allowed: two learners, the second a control of the first; {}", control.a,
                    control.b, listed(runs)));
  runs.across.push_back(control);
}

}  // namespace

RunPair open_runs(const DiffOptions& options) {
  std::optional<StoredRun> a, b;
  std::vector<Problem> problems;
  collect(problems, [&] { a.emplace(open(options.a, options.controls)); });
  if (problems.empty() || options.b != options.a)
    collect(problems, [&] { b.emplace(open(options.b, options.controls)); });
  throw_if_any(problems);
  RunPair runs{.a = *std::move(a), .b = *std::move(b), .learners = {}, .only_a = {}, .only_b = {}, .across = {}};
  std::error_code error;
  runs.same_directory = fs::equivalent(options.a, options.b, error);
  options.learners.empty() ? match_all(runs) : match_named(runs, options.learners);
  for (const NamedControl& control : options.controls) match_control(runs, control);
  return runs;
}

}  // namespace steq
