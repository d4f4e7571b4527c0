// SPDX-License-Identifier: MIT
#include "records/stored_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <sstream>
#include <utility>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/manifest.hpp"
#include "records/stored_json.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json read_json_if_there(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return nullptr;
  return parse_json(read_file(file.string()), file.string());
}

Json manifest_of(const fs::path& directory) {
  const fs::path file = directory / "manifest.json";
  Json manifest = read_json_if_there(file);
  check_manifest(manifest, file.string());
  return manifest;
}

/// libhdf5 does not withstand every damage, so it gets no file that is known to have one.
std::string log_of(const fs::path& directory, const Json& manifest) {
  std::error_code error;
  if (!fs::is_directory(directory, error))
    throw InputError(directory.string(), "is not a directory; allowed: a run directory, with a logs.h5");
  const fs::path file = directory / "logs.h5";
  if (!fs::is_regular_file(file, error))
    throw InputError(directory.string(), "has no logs.h5; allowed: a directory that steq run has written");
  check_hash(manifest, directory, "logs.h5");
  return file.string();
}

std::vector<Json> read_lines_if_there(const fs::path& file) {
  std::vector<Json> lines;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return lines;
  std::istringstream text(read_file(file.string()));
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    const std::string place = fmt::format("{}, line {}", file.string(), ++number);
    lines.push_back(parse_json(line, place));
    check_epoch(lines.back(), place);
  }
  return lines;
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

}  // namespace

StoredRun::StoredRun(const fs::path& directory)
    : directory_(directory),
      manifest_(manifest_of(directory)),
      logs_(log_of(directory, manifest_)),
      summary_(read_json_if_there(directory / "summary.json")),
      config_(read_json_if_there(directory / "config.json")),
      history_(read_lines_if_there(directory / "history.jsonl")),
      learners_(ordered(logs_.learners(), keys(at(summary_, "learners")))) {
  check_summary(summary_, (directory / "summary.json").string());
}

std::string StoredRun::name() const {
  const Json given = at(summary_, "name");
  if (given.is_string()) return given.get<std::string>();
  const fs::path path = fs::absolute(directory_).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::vector<std::string> StoredRun::tensors(const std::string& learner) const {
  std::vector<std::string> recorded;
  for (const std::string& tensor : logs_.tensors(learner))
    if (logs_.has("/" + learner + "/" + tensor + "/change_points")) recorded.push_back(tensor);
  return ordered(recorded, keys(at(at(at(summary_, "learners"), learner), "tensors")));
}

std::optional<Step> StoredRun::known_steps() const {
  if (const Json given = at(summary_, "steps"); given.is_number_unsigned()) {
    const auto steps = given.get<std::uint64_t>();
    if (std::in_range<Step>(steps)) return static_cast<Step>(steps);
    throw InputError((directory_ / "summary.json").string(), fmt::format("steps: {} is not allowed; allowed: 0 to {}",
                                                                         steps, std::numeric_limits<Step>::max()));
  }
  for (const std::string& learner : learners_)
    if (logs_.has("/" + learner + "/batch_loss")) return static_cast<Step>(logs_.batch_loss(learner).size());
  return std::nullopt;
}

Step StoredRun::steps() const {
  if (const auto known = known_steps()) return *known;
  Step last = 0;
  for (const std::string& learner : learners_)
    for (const std::string& tensor : tensors(learner)) {
      const ChangePointLog log = logs_.change_points(learner, tensor);
      if (log.size() > 0) last = std::max(last, log[log.size() - 1].step);
    }
  return last;
}

std::vector<StoredTensor> StoredRun::weight_tensors(const std::string& learner, const std::string& moment) const {
  const fs::path file = directory_ / "weights" / fmt::format("{}-{}.safetensors", learner, moment);
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return {};
  return read_safetensors(file.string()).tensors;
}

std::optional<StoredTensor> StoredRun::stored(const std::string& learner, const std::string& moment,
                                              const std::string& tensor) const {
  std::vector<StoredTensor> weights = weight_tensors(learner, moment);
  const auto found = std::ranges::find(weights, tensor, &StoredTensor::name);
  if (found == weights.end()) return std::nullopt;
  return std::move(*found);
}

std::optional<std::vector<double>> StoredRun::weights(const std::string& learner, const std::string& moment,
                                                      const std::string& tensor) const {
  const std::optional<StoredTensor> found = stored(learner, moment, tensor);
  if (!found) return std::nullopt;
  return std::visit([](const auto& data) { return std::vector<double>(data.begin(), data.end()); }, found->data);
}

std::vector<std::size_t> StoredRun::shape(const std::string& learner, const std::string& tensor) const {
  for (const char* moment : {"initial", "final"})
    if (const auto found = stored(learner, moment, tensor)) return found->shape;
  return {};
}

std::vector<int> StoredRun::weight_epochs(const std::string& learner) const {
  const std::string start = learner + "-epoch-", end = ".safetensors";
  std::vector<int> epochs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory_ / "weights", error)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with(start) || !file.ends_with(end)) continue;
    int epoch = 0;
    const char* last = file.data() + file.size() - end.size();
    if (const auto [read, failed] = std::from_chars(file.data() + start.size(), last, epoch);
        failed == std::errc() && read == last)
      epochs.push_back(epoch);
  }
  std::ranges::sort(epochs);
  return epochs;
}

}  // namespace steq
