// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace steq {

/// Writes folder/NAME.gp and runs gnuplot on it in that folder; returns folder/NAME.svg, which the script must make, or
/// nothing where gnuplot is not installed. A folder/NAME.pdf, where the script makes one, loses its date. Throws
/// IoError where the script cannot be written or gnuplot reports an error; then there is neither picture.
std::optional<std::filesystem::path> run_gnuplot(const std::filesystem::path& folder, const std::string& name,
                                                 const std::string& script);

}  // namespace steq
