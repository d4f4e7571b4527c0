// SPDX-License-Identifier: MIT
// Softmax cross-entropy, in nats.
#include <algorithm>
#include <cmath>

#include "sim/nn/loss.hpp"

namespace steq::losses {
namespace {

struct CrossEntropy {
  template <class T>
  double apply(std::span<const T> logits, std::uint8_t label, std::span<T> gradient, double weight) const {
    const double top = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (const T z : logits) sum += std::exp(static_cast<double>(z) - top);
    for (std::size_t c = 0; c < gradient.size(); ++c) {
      const double share = std::exp(static_cast<double>(logits[c]) - top) / sum;
      gradient[c] = static_cast<T>((share - (c == label ? 1.0 : 0.0)) * weight);
    }
    return std::log(sum) + top - static_cast<double>(logits[label]);
  }
};

}  // namespace

LossRegistry::Entry cross_entropy() {
  return loss_entry({.name = "cross-entropy",
                     .summary = "Softmax cross-entropy of the label, in nats.",
                     .formula = "log sum_c exp(o_c) - o_label",
                     .citation = "",
                     .parameters = {},
                     .aliases = {{"nll"}, {"ce"}, {"softmax"}}},
                    [](const Parameters&) { return CrossEntropy{}; });
}

}  // namespace steq::losses
