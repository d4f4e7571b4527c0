// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace steq {

/// Curves over common weights w; all in units of the quantizer's range W, q without unit. NaN leaves a gap.
struct EstimatorGraph {
  struct Curve {
    std::string label;
    std::vector<double> y;
  };

  std::vector<double> w;
  std::vector<Curve> q;            ///< at least one; several where more than w decides
  std::vector<double> soft, hard;  ///< the staircase whose slope is q, and the quantizer
  std::vector<double> map;         ///< M(w); empty where it does not exist
  std::vector<double> levels, thresholds;
  double q_low = 0, q_high = 0;  ///< the ends of q's axis
};

/// Three panels side by side (q, the two staircases, M) as the text of an SVG, or nothing where gnuplot is not
/// installed. Throws IoError where gnuplot fails or its files cannot be written.
std::optional<std::string> draw_estimator(const EstimatorGraph& graph);

}  // namespace steq
