// SPDX-License-Identifier: MIT
// The files of a run directory that may or may not be there.
#pragma once

#include <filesystem>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// Throws InputError where `directory` is none, IoError where the system does not let it be read.
void check_readable_directory(const std::filesystem::path& directory);

/// True where there is such a file. Throws IoError where the system does not let one look.
bool is_file(const std::filesystem::path& path);

/// null where there is no such file. Throws InputError where it is damaged, IoError where it cannot be read.
Json read_json_if_there(const std::filesystem::path& file);

/// The epochs of a history.jsonl, a line each, empty lines left out; none where there is no such file. Throws as
/// read_json_if_there does.
std::vector<Json> read_history_if_there(const std::filesystem::path& file);

}  // namespace steq
