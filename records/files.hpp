// SPDX-License-Identifier: MIT
// Whole files, read and written; every refusal of the operating system becomes an IoError with its reason.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace steq {

/// Throws IoError where the file cannot be opened or read, or is a directory.
std::string read_file(const std::string& path);

/// Writes the bytes under a name of their own beside `path`, flushes them to the disk and renames them to `path`, so
/// that a reader sees the old file or the whole new one. A link keeps pointing to its file, which is the one that is
/// replaced; a file keeps its mode and, where that is possible, its owner. Devices, pipes and what this process has
/// open, as /dev/stdout, are written to; so is a file that is mounted, or lies where no file may be made. Throws
/// IoError (full disk, permissions) and then leaves no other file, and the old one as it was where it was to be
/// replaced.
void write_file_atomically(const std::string& path, std::string_view bytes);

/// True where the file is the one that standard output goes to.
bool is_standard_output(const std::string& path);

/// Where symbolic links at the end of the path lead, whether something is there or not; without links the path itself.
std::filesystem::path behind_links(const std::filesystem::path& path);

/// True of the names that write_file_atomically() gives its bytes for a while: a process that is killed leaves them.
bool is_temporary(const std::filesystem::path& path);

}  // namespace steq
