// SPDX-License-Identifier: MIT
#include "sim/nn/loss.hpp"

#include <algorithm>
#include <cmath>

namespace steq {

template <class T>
SampleLoss cross_entropy(std::span<const T> logits, std::uint8_t label, std::span<T> gradient, double weight) {
  const auto best = std::max_element(logits.begin(), logits.end());
  const double top = static_cast<double>(*best);
  double sum = 0;
  for (const T z : logits) sum += std::exp(static_cast<double>(z) - top);
  for (std::size_t c = 0; c < gradient.size(); ++c) {
    const double share = std::exp(static_cast<double>(logits[c]) - top) / sum;
    gradient[c] = static_cast<T>((share - (c == label ? 1.0 : 0.0)) * weight);
  }
  return {std::log(sum) + top - static_cast<double>(logits[label]), best - logits.begin() == label};
}

template SampleLoss cross_entropy(std::span<const float>, std::uint8_t, std::span<float>, double);
template SampleLoss cross_entropy(std::span<const double>, std::uint8_t, std::span<double>, double);

}  // namespace steq
