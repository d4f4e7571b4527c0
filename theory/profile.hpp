// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace steq {

/// Predicted and measured values along an axis; all of the same size.
struct Profile {
  std::string axis;      ///< what `at` counts, with its unit
  std::string quantity;  ///< what the values are, with their unit
  std::vector<double> at, predicted, measured;
  std::vector<double> scale;  ///< a size that the values would have if the prediction were wrong; for predictions of 0

  /// Root mean square of measured - predicted over that of the prediction; over that of the scale where it is 0.
  double deviation() const;
  void add(double where, double prediction, double measurement) {
    at.push_back(where), predicted.push_back(prediction), measured.push_back(measurement);
  }
};

}  // namespace steq
