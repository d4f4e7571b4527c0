// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "records/json_values.hpp"

namespace steq {

/// Throws InputError where the manifest lists `name` among the results and directory/name has another SHA-256; IoError
/// where it cannot be read. A manifest that is null or does not list it lets every file pass.
void check_hash(const Json& manifest, const std::filesystem::path& directory, const std::string& name);

}  // namespace steq
