// SPDX-License-Identifier: MIT
#include "experiments/diff/run_pair.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

/// Experiments without a network have no levels to compare.
void check_kind(const fs::path& directory) {
  const fs::path file = directory / "config.json";
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return;
  const Json config = parse_json(read_file(file.string()), file.string());
  const Json kind = config.is_object() && config.contains("kind") ? config["kind"] : Json("training");
  if (kind != "training")
    throw InputError(directory.string(), fmt::format("holds an experiment of kind {}; allowed: a training run, or logs "
                                                     "in the same layout",
                                                     shown(kind)));
}

StoredRun open(const fs::path& directory) {
  check_kind(directory);
  StoredRun run(directory);
  if (run.learners().empty()) throw InputError((directory / "logs.h5").string(), "holds no learner");
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

std::optional<Step> common_end(const RunPair& runs) {
  const auto a = runs.a.known_steps(), b = runs.b.known_steps();
  if (!a || !b || *a == *b) return std::nullopt;
  return std::min(*a, *b);
}

}  // namespace

RunPair open_runs(const DiffOptions& options) {
  std::optional<StoredRun> a, b;
  std::vector<Problem> problems;
  collect(problems, [&] { a.emplace(open(options.a)); });
  if (problems.empty() || options.b != options.a) collect(problems, [&] { b.emplace(open(options.b)); });
  throw_if_any(problems);
  RunPair runs{.a = *std::move(a), .b = *std::move(b), .learners = {}, .only_a = {}, .only_b = {}, .until = {}};
  std::error_code error;
  runs.same_directory = fs::equivalent(options.a, options.b, error);
  runs.until = common_end(runs);
  options.learners.empty() ? match_all(runs) : match_named(runs, options.learners);
  return runs;
}

}  // namespace steq
