// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "sim/core/types.hpp"

namespace steq {

/// A number of a grid that moves while training. A group of weights (tensor, row, bucket) has its own.
struct GridParameter {
  enum class By {
    learned,  ///< by its gradient
    fitted,   ///< computed from the latent weights of its group
  };
  std::string name;
  std::string meaning;  ///< one phrase, with the unit where there is one
  By by = By::fitted;
  double rate_factor = 1;     ///< of the learner's rate; learned only
  double least = -kInfinity;  ///< never below; learned only
};

}  // namespace steq
