// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace steq {

/// SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. Throws IoError where it cannot be read.
std::string sha256_of_file(const std::string& path);

/// The same of bytes in memory.
std::string sha256_of(std::string_view bytes);

}  // namespace steq
