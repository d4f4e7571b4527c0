// SPDX-License-Identifier: MIT
// `steq equiv`: how to train an STE learner that follows a given estimator.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/commands/equiv_weights.hpp"

namespace steq {

struct EquivOptions {
  std::string estimator;                    ///< SPEC
  std::string quantizer;                    ///< SPEC; the range is 1 unless given
  std::string optimizer = "sgd";            ///< SPEC
  std::vector<double> map{};                ///< weights w whose M(w) is asked for
  std::optional<WeightsOptions> weights{};  ///< a weights file to map
  bool json = false;
};

/// The text or the JSON document that goes to standard output; the weights file, where one is asked for, is written.
/// Throws InputError with every problem of the options.
std::string equiv(const EquivOptions& options);

}  // namespace steq
