// SPDX-License-Identifier: MIT
// Grid parameters of their own for every tensor, or for every row of one.
#pragma once

#include "sim/core/parameters.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq {

inline ParameterInfo per_parameter() {
  return {.name = "per",
          .kind = Kind::text,
          .fallback = Value("tensor"),
          .meaning = "what has grid parameters of its own: the tensor, or each row (the weights of one output)",
          .words = {"tensor", "row"}};
}

/// Quantizer::group() as that parameter has it. ParameterError for activations.
inline std::size_t group_of(const Parameters& p, const TensorShape& tensor) {
  require_weights(tensor);
  return p.text("per") == "row" ? tensor.row() : 0;
}

}  // namespace steq
