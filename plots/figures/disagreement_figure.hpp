// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

namespace steq {

/// Draws tables/disagreement.csv of a run directory (step, then one column a comparison: share of weights on different
/// levels) as figures/disagreement.svg, with its gnuplot script beside it. Nothing where no pair ever parts or
/// gnuplot is not installed. IoError where the table cannot be read, the script cannot be written, or gnuplot fails.
std::optional<std::filesystem::path> draw_disagreement(const std::filesystem::path& run_directory);

}  // namespace steq
