// SPDX-License-Identifier: MIT
// manifest.json: what a run was made from and what it made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct RunFacts {
  std::uint64_t seed = 1;  ///< the one used
  int threads = 1;
  Json data = Json::array();      ///< hashes() of the data files
  Json init = Json::array();      ///< hashes() of files with weights that learners begin with or are taught by
  Json normalize = nullptr;       ///< what was done to images, with its numbers; null: there are none
  std::filesystem::path results;  ///< directory of the results; every file below it is listed but checkpoints
};

/// [{"file", "bytes", "sha256"}]; call it soon after reading, before the files can change. Throws IoError where one
/// cannot be read.
Json hashes(const std::vector<std::string>& files);

/// Hashes all results, so call it last; a manifest.json among them is left out. Throws IoError where one cannot be
/// read.
Json manifest(const RunFacts& facts);

/// Throws InputError where the manifest lists `name` among the results and directory/name has another SHA-256; IoError
/// where it cannot be read. A manifest that is null or does not list it lets every file pass.
void check_hash(const Json& manifest, const std::filesystem::path& directory, const std::string& name);

}  // namespace steq
