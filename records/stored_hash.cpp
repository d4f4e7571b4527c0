// SPDX-License-Identifier: MIT
#include "records/stored_hash.hpp"

#include "records/sha256.hpp"
#include "sim/core/errors.hpp"

namespace steq {

void check_hash(const Json& manifest, const std::filesystem::path& directory, const std::string& name) {
  if (!manifest.is_object() || !manifest.contains("results")) return;
  for (const Json& entry : manifest["results"]) {
    if (entry.value("file", "") != name || !entry.contains("sha256")) continue;
    if (const std::string path = (directory / name).string(); sha256_of_file(path) != entry["sha256"])
      throw InputError(
          path, "damaged or changed: its SHA-256 is not the one in manifest.json, without which it would be read");
  }
}

}  // namespace steq
