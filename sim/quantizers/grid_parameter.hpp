// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "sim/core/types.hpp"

namespace steq {

/// What decides where a grid lies, and may move while training: one number or several under one name. A group of weights
/// (tensor, row, bucket) has its own.
struct GridParameter {
  enum class By {
    learned,    ///< by its gradient
    fitted,     ///< computed from the latent weights of its group at every step
    scheduled,  ///< a function of the step
    first,      ///< computed from the latent weights with which training begins
  };
  std::string name;
  std::string meaning;  ///< one phrase, with the unit where there is one
  By by = By::fitted;
  double rate_factor = 1;     ///< of the learner's rate; learned only
  double least = -kInfinity;  ///< never below; learned only
  std::size_t count = 1;      ///< numbers of that name
  bool rises = false;         ///< none of them is below the one before; sorted after each update
  bool stored = true;         ///< the levels' values cannot do without it
};

/// Learned numbers that may not vanish stay at or above this.
inline constexpr double kLeastScale = 1e-8;

}  // namespace steq
