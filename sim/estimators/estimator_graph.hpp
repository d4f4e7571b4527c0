// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace steq {

/// An estimator as numbers to be drawn: curves over common weights w; all in units of the quantizer's range W, q without
/// unit. NaN leaves a gap.
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

}  // namespace steq
