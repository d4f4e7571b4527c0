// SPDX-License-Identifier: MIT
#include "records/weights_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "records/manifest.hpp"
#include "records/run_files.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// Nothing where the file is not that of an epoch.
std::optional<int> epoch_of(const std::string& file, const std::string& learner) {
  const std::string start = learner + "-epoch-", end = ".safetensors";
  if (!file.starts_with(start) || !file.ends_with(end)) return std::nullopt;
  int epoch = 0;
  const char* last = file.data() + file.size() - end.size();
  const auto [read, failed] = std::from_chars(file.data() + start.size(), last, epoch);
  return failed == std::errc() && read == last ? std::optional(epoch) : std::nullopt;
}

}  // namespace

std::shared_ptr<StoredWeights> WeightsFolder::file(const std::string& learner, const std::string& snapshot,
                                                   const std::vector<std::string>& tensors) {
  const std::string name = fmt::format("weights/{}-{}.safetensors", learner, snapshot);
  if (const auto found = open_.find(name); found != open_.end()) return found->second;
  std::shared_ptr<StoredWeights> file;
  if (is_file(run_directory_ / name)) {
    check_hash(manifest_, run_directory_, name);
    file = std::make_shared<StoredWeights>((run_directory_ / name).string(), tensors);
  } else {
    for (const char* ending : {".pt", ".pth", ".bin", ".npz", ".h5"})
      if (const fs::path other = (run_directory_ / name).replace_extension(ending); is_file(other))
        remarks_.push_back(other.string() + ": is left out; allowed: a safetensors file");
  }
  if (snapshot == "initial" || snapshot == "final") open_[name] = file;
  return file;
}

std::vector<int> WeightsFolder::epochs(const std::string& learner) const {
  std::vector<int> epochs;
  const fs::path folder = run_directory_ / "weights";
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (const auto epoch = epoch_of(entry.path().filename().string(), learner)) epochs.push_back(*epoch);
  if (error && error != std::errc::no_such_file_or_directory)
    throw IoError(folder.string(), "cannot be read: " + error.message());
  std::ranges::sort(epochs);
  return epochs;
}

std::vector<std::string> WeightsFolder::remarks() const {
  std::vector<std::string> all = remarks_;
  for (const auto& [name, file] : open_)
    if (file) all.insert(all.end(), file->remarks().begin(), file->remarks().end());
  return all;
}

}  // namespace steq
