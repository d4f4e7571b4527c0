// SPDX-License-Identifier: MIT
#include "experiments/commands/finished_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/stored_json.hpp"

namespace steq {
namespace {

Json read_json(const FinishedRun& run, const char* name) {
  const std::string path = run.place(name);
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    throw InputError(run.directory, fmt::format("has no {}; allowed: a directory that steq run has written", name));
  return parse_json(read_file(path), path);
}

}  // namespace

std::string FinishedRun::place(const std::string& file) const {
  return (std::filesystem::path(directory) / file).string();
}

const LearnerConfig& FinishedRun::learner(const std::string& name) const {
  const auto found = std::ranges::find(config.learners, name, &LearnerConfig::name);
  if (found == config.learners.end())
    throw InputError(place("summary.json"), fmt::format("names a learner \"{}\" that config.json does not have", name));
  return *found;
}

const Json& FinishedRun::facts_of(const std::string& name) const {
  const Json& learners = summary["learners"];
  if (!learners.contains(name) || !learners[name].contains("tensors") || !learners[name].contains("learning_rate"))
    throw InputError(
        place("summary.json"),
        fmt::format("learners.{} has no \"learning_rate\" and \"tensors\", which the checks need; allowed: "
                    "a run of this version of steq",
                    name));
  return learners[name];
}

std::size_t FinishedRun::fan_in(const TensorFile& weights, const std::string& tensor) const {
  for (const StoredTensor& stored : weights.tensors)
    if (stored.name == tensor && !stored.shape.empty() && stored.shape[0] > 0) return stored.size() / stored.shape[0];
  throw InputError(place("weights"), fmt::format("no initial weights of tensor \"{}\"", tensor));
}

FinishedRun read_run(const std::string& directory) {
  FinishedRun run{.directory = directory, .config = {}, .summary = {}};
  const Json config = read_json(run, "config.json");
  if (config.is_object() && config.contains("kind") && config["kind"] != "training")
    throw InputError(run.directory,
                     fmt::format("holds an experiment of kind {}; allowed: a training run", shown(config["kind"])));
  run.config = read_config(config, run.place("config.json"));
  run.summary = read_json(run, "summary.json");
  if (!run.summary.is_object() || !run.summary.contains("learners") || !run.summary.contains("comparisons"))
    throw InputError(run.place("summary.json"), "has no learners and comparisons; allowed: what steq run has written");
  check_summary(run.summary, run.place("summary.json"));
  return run;
}

std::optional<double> number(const Json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return std::nullopt;
  if (object[key].is_number()) return object[key].get<double>();
  return std::numeric_limits<double>::infinity();
}

}  // namespace steq
