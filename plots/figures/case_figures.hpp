// SPDX-License-Identifier: MIT
// Figures of experiments without a network, from their run directories.
#pragma once

#include <filesystem>
#include <optional>

namespace steq {

/// figures/predictions.svg from summary.json and tables/*.csv: measured points over predicted curves, a panel for each
/// case. Nothing where gnuplot is not installed; IoError where a file cannot be read or gnuplot fails.
std::optional<std::filesystem::path> draw_predictions(const std::filesystem::path& run_directory);

/// figures/orders.svg: error against learning rate with the fitted powers.
std::optional<std::filesystem::path> draw_orders(const std::filesystem::path& run_directory);

}  // namespace steq
