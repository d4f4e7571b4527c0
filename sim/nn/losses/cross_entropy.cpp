// SPDX-License-Identifier: MIT
// Softmax cross-entropy, in nats.
#include "sim/nn/loss.hpp"
#include "sim/nn/losses/softmax.hpp"

namespace steq::losses {
namespace {

struct CrossEntropy {
  template <class T>
  double apply(std::span<const T> logits, const SampleTarget<T>& target, std::span<T> gradient, double weight) const {
    const Softmax<T> softmax(logits);
    for (std::size_t c = 0; c < gradient.size(); ++c)
      gradient[c] = static_cast<T>((softmax.share(c) - (c == target.label ? 1.0 : 0.0)) * weight);
    return softmax.surprise(target.label);
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
