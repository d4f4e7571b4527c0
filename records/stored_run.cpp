// SPDX-License-Identifier: MIT
#include "records/stored_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "records/finished_flush.hpp"
#include "records/log_checks.hpp"
#include "records/manifest.hpp"
#include "records/run_files.hpp"
#include "records/stored_comparisons.hpp"
#include "records/stored_json.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json manifest_of(const fs::path& directory) {
  check_readable_directory(directory);
  const fs::path file = directory / "manifest.json";
  Json manifest = read_json_if_there(file);
  check_manifest(manifest, file.string());
  return manifest;
}

/// libhdf5 does not withstand every damage, so it gets no file that is known to have one.
std::string log_of(const fs::path& directory, const Json& manifest, const Json& config) {
  if (!is_file(directory / "logs.h5") && config.is_object() && config.contains("kind") && config["kind"] != "training")
    throw InputError(directory.string(), fmt::format("holds an experiment of kind {}; allowed: a training run, or logs "
                                                     "in the same layout",
                                                     shown(config["kind"])));
  if (!is_file(directory / "logs.h5"))
    throw InputError(directory.string(), "has no logs.h5; allowed: a directory that steq run has written");
  if (manifest.is_null()) finish_flush((directory / "logs.h5").string());  // else it is a run of the program
  check_hash(manifest, directory, "logs.h5");
  return (directory / "logs.h5").string();
}

/// First those of `wanted` that `names` has, in that order, then the others.
std::vector<std::string> ordered(std::vector<std::string> names, const std::vector<std::string>& wanted) {
  auto next = names.begin();
  for (const std::string& name : wanted)
    if (const auto found = std::find(next, names.end(), name); found != names.end())
      std::rotate(next, found, found + 1), ++next;
  return names;
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  if (object.is_object())
    for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

Json at(const Json& object, const std::string& key) {
  return object.is_object() && object.contains(key) ? object[key] : Json(nullptr);
}

/// Those of the log, and those of the summary that were recorded without change points.
std::vector<std::string> learners_of(const LogReader& logs, const Json& summary) {
  std::vector<std::string> names = logs.learners();
  const std::vector<std::string> told = keys(at(summary, "learners"));
  for (const std::string& name : told)
    if (std::ranges::find(names, name) == names.end() && logs.has("/" + name)) names.push_back(name);
  return ordered(names, told);
}

}  // namespace

StoredRun::StoredRun(const fs::path& directory, const NamedControls& controls)
    : directory_(directory),
      manifest_(manifest_of(directory)),
      config_(read_json_if_there(directory / "config.json")),
      logs_(log_of(directory, manifest_, config_)),
      summary_(read_json_if_there(directory / "summary.json")),
      history_(read_history_if_there(directory / "history.jsonl")),
      weights_(directory, manifest_) {
  check_summary(summary_, place("summary.json"));
  learners_ = learners_of(logs_, summary_);
  comparisons_ = read_comparisons(controls);
}

std::string StoredRun::name() const {
  const Json given = at(summary_, "name");
  if (given.is_string()) return given.get<std::string>();
  const fs::path path = fs::absolute(directory_).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

const Json& StoredRun::config() const {
  static const Json none;
  return is_training_config(config_) ? config_ : none;
}

Json StoredRun::read_comparisons(const NamedControls& controls) const {
  Json all;
  NamedControls own;
  std::ranges::copy_if(controls, std::back_inserter(own),
                       [&](const NamedControl& c) { return has_learner(c.a) && has_learner(c.b); });
  if (summary_.is_object() && summary_.contains("comparisons")) {
    all = stored_comparisons(summary_, place("summary.json"), learners_);
  } else if (!learners_.empty()) {
    const std::string base = own.empty() ? learners_.front() : own.front().a;
    std::vector<std::string> others;
    std::ranges::copy_if(learners_, std::back_inserter(others),
                         [&](const std::string& other) { return other != base && tensors(other) == tensors(base); });
    all = plain_comparisons(base, others);
  }
  for (const NamedControl& control : own) add_control(all, control);
  return all;
}

bool StoredRun::has_learner(const std::string& name) const {
  return std::ranges::find(learners_, name) != learners_.end();
}

std::vector<std::string> StoredRun::tensors(const std::string& learner) const {
  return ordered(logs_.tensors(learner), keys(at(at(at(summary_, "learners"), learner), "tensors")));
}

std::optional<Step> StoredRun::told_steps(const std::string& learner) const {
  if (const auto steps = logs_.steps(learner)) return steps;
  const Json given = at(summary_, "steps");
  if (!given.is_number_unsigned()) return std::nullopt;
  if (const auto steps = given.get<std::uint64_t>(); steps > kMostSteps)
    throw InputError(place("summary.json"),
                     fmt::format("steps: {} is not allowed; allowed: 0 to {}", steps, kMostSteps));
  return given.get<Step>();
}

Step StoredRun::last_change(const std::string& learner) const {
  const auto known = last_changes_.find(learner);
  return known != last_changes_.end() ? known->second : last_changes_[learner] = logs_.last_change(learner);
}

std::optional<Step> StoredRun::known_steps(const std::string& learner) const {
  if (const auto told = told_steps(learner)) return told;
  const std::size_t losses = batch_loss(learner).size();
  return losses > 0 ? std::optional(static_cast<Step>(losses)) : std::nullopt;
}

std::optional<Step> StoredRun::known_steps() const {
  std::optional<Step> common;
  for (const std::string& learner : learners_) {
    const auto steps = known_steps(learner);
    if (!steps || (common && *common != *steps)) return std::nullopt;
    common = steps;
  }
  return common;
}

Step StoredRun::steps(const std::string& learner) const {
  const auto known = known_steps(learner);
  return known ? *known : last_change(learner);
}

Step StoredRun::steps() const {
  Step most = 0;
  for (const std::string& learner : learners_) most = std::max(most, steps(learner));
  return most;
}

std::vector<double> StoredRun::batch_loss(const std::string& learner) const {
  std::vector<double> losses = logs_.batch_loss(learner);
  const auto told = told_steps(learner);
  if (losses.empty() || (told ? losses.size() == *told : losses.size() >= last_change(learner))) return losses;
  loss_remarks_[learner] =
      fmt::format("{}: /{}/batch_loss: {} values, with {} {}; allowed: one for each update; it is left out",
                  place("logs.h5"), learner, losses.size(), told ? "a number of updates of" : "a change point at step",
                  told ? *told : last_change(learner));
  return {};
}

std::shared_ptr<StoredWeights> StoredRun::weights_file(const std::string& learner, const std::string& snapshot) const {
  return weights_.file(learner, snapshot, logs_.tensors(learner));
}

std::vector<StoredTensor> StoredRun::weight_tensors(const std::string& learner, const std::string& snapshot) const {
  std::vector<StoredTensor> tensors;
  const auto file = weights_file(learner, snapshot);
  if (!file) return tensors;
  for (const std::string& name : file->names())
    if (auto tensor = file->read(name)) tensors.push_back(*std::move(tensor));
  return tensors;
}

std::optional<std::vector<double>> StoredRun::weights(const std::string& learner, const std::string& snapshot,
                                                      const std::string& tensor) const {
  const auto file = weights_file(learner, snapshot);
  auto stored = file ? file->read(tensor) : std::nullopt;
  if (!stored) return std::nullopt;
  return values_of(*std::move(stored), tensor);
}

std::vector<std::size_t> StoredRun::shape(const std::string& learner, const std::string& tensor) const {
  for (const char* snapshot : {"initial", "final"})
    if (const auto file = weights_file(learner, snapshot); file && !file->shape(tensor).empty())
      return file->shape(tensor);
  return {};
}

std::vector<std::string> StoredRun::remarks() const {
  std::vector<std::string> all = logs_.remarks();
  for (const auto& [learner, remark] : loss_remarks_) all.push_back(remark);
  for (const std::string& remark : weights_.remarks()) all.push_back(remark);
  return all;
}

}  // namespace steq
