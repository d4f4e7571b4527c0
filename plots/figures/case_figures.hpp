// SPDX-License-Identifier: MIT
// Figures of experiments without a network, from their run directories.
#pragma once

#include <filesystem>

namespace steq {

/// The figure "predictions" from summary.json and tables/*.csv: measured points over predicted curves, a panel for each
/// case. Throws IoError as draw_figure does.
void draw_predictions(const std::filesystem::path& run_directory);

/// The figure "orders": error against learning rate with the fitted powers, and their exponents with 95 % intervals.
void draw_orders(const std::filesystem::path& run_directory);

}  // namespace steq
