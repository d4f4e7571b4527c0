// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

namespace steq {

/// Draws tables/bounds.csv of a run directory (pair, step, tensor, measured error, its cumulative bound; the rows of a
/// tensor one after another) as figures/bounds.svg, with its gnuplot script beside it. Nothing where no error is above
/// 0 or gnuplot is not installed. IoError where the table cannot be read, the script cannot be written, or gnuplot
/// fails.
std::optional<std::filesystem::path> draw_bounds(const std::filesystem::path& run_directory);

}  // namespace steq
