// SPDX-License-Identifier: MIT
#include "records/manifest.hpp"

#include <algorithm>

#include "records/build_info.hpp"
#include "records/checkpoint.hpp"
#include "records/sha256.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

Json file_entry(const std::string& name, const fs::path& path) {
  const std::string hash = sha256_of_file(path.string());
  return {{"file", name}, {"bytes", fs::file_size(path)}, {"sha256", hash}};
}

bool is_result(const fs::path& name) {
  const std::vector<std::string> checkpoints = checkpoint_files();
  return name != "manifest.json" && std::ranges::find(checkpoints, name.string()) == checkpoints.end();
}

Json result_entries(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() && is_result(entry.path().lexically_relative(directory))) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Json entries = Json::array();
  for (const fs::path& file : files) entries.push_back(file_entry(file.lexically_relative(directory).string(), file));
  return entries;
}

}  // namespace

Json hashes(const std::vector<std::string>& files) {
  Json entries = Json::array();
  for (const std::string& file : files) entries.push_back(file_entry(file, file));
  return entries;
}

Json manifest(const RunFacts& facts) {
  Json manifest{{"schema", 1}};
  manifest.update(build_json());
  manifest.update({{"seed", facts.seed}, {"threads", facts.threads}, {"data", facts.data}, {"init", facts.init}});
  manifest["normalize"] = facts.normalize;
  manifest["results"] = result_entries(facts.results);
  return manifest;
}

void check_hash(const Json& manifest, const fs::path& directory, const std::string& name) {
  if (!manifest.is_object() || !manifest.contains("results")) return;
  for (const Json& entry : manifest["results"]) {
    if (entry.value("file", "") != name || !entry.contains("sha256")) continue;
    if (const std::string path = (directory / name).string(); sha256_of_file(path) != entry["sha256"])
      throw InputError(
          path, "damaged or changed: its SHA-256 is not the one in manifest.json, without which it would be read");
  }
}

}  // namespace steq
