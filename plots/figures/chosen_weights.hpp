// SPDX-License-Identifier: MIT
// Which weights of a pair are worth a look: chosen by fixed rules, the earlier weight among equals.
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/trace.hpp"

namespace steq {

struct ChosenWeight {
  std::string suffix;  ///< of its data files
  std::string reason;  ///< "the most restless"
  std::size_t tensor;  ///< place in the learners
  std::size_t place;   ///< in the logs, which may follow some of the weights only
};

/// At most four weights, each once: the one that diverges first; then, of those that change level in a and are not
/// chosen yet, the one with most change points, the one with most change points among those whose sequence of levels is
/// the same in both, and the median one by change points. Both learners must have logs of the same tensors.
std::vector<ChosenWeight> chosen_weights(const LearnerTrace& a, const LearnerTrace& b);

}  // namespace steq
