// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace steq {

/// The weights of one tensor, and the values that stand for them.
struct LevelPanel {
  std::string title;
  double low = 0, width = 1;           ///< of the bins, in weight units
  std::vector<double> shares = {};     ///< of the weights, [bins]
  std::vector<double> levels = {};     ///< values after quantization; empty where there are too many to tell them apart
  std::vector<double> quantized = {};  ///< shares of these values, [bins]
};

inline constexpr std::size_t kMostLevelPanels = 12;

/// Histograms with the levels over them, three in a row, of at most kMostLevelPanels tensors, as the text of an SVG;
/// nothing where gnuplot is not installed. Throws IoError as drawn_picture() does.
std::optional<std::string> draw_levels(const std::vector<LevelPanel>& panels);

}  // namespace steq
