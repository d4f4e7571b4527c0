// SPDX-License-Identifier: MIT
#include "sim/quantizers/require_weights.hpp"

#include "sim/quantizers/quantizer.hpp"

namespace steq {

void require_weights(const TensorShape& tensor) {
  if (!tensor.activations) return;
  std::vector<std::string> others;
  for (const auto& entry : quantizer_registry().entries())
    if (entry.info.needs != "weights") others.push_back(entry.info.name);
  throw ParameterError(
      "", "is not allowed for activations: its grid follows a tensor of weights; allowed: " + join(others));
}

}  // namespace steq
