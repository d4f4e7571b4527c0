// SPDX-License-Identifier: MIT
// Whole files, read and written; every refusal of the operating system becomes an IoError with its reason.
#pragma once

#include <string>
#include <string_view>

namespace steq {

/// Throws IoError where the file cannot be opened or read, or is a directory.
std::string read_file(const std::string& path);

/// Writes path + ".tmp", flushes it to the disk and renames it to `path`, so that a reader sees the old file or the
/// whole new one. Throws IoError (full disk, permissions) and then leaves no temporary file and the old file as it was.
void write_file_atomically(const std::string& path, std::string_view bytes);

}  // namespace steq
