// SPDX-License-Identifier: MIT
// How far the label's output falls short of exceeding every other by 1.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/nn/loss.hpp"

namespace steq::losses {
namespace {

struct Hinge {
  template <class T>
  double apply(std::span<const T> logits, const SampleTarget<T>& target, std::span<T> gradient, double weight) const {
    const std::size_t label = target.label;
    std::ranges::fill(gradient, T(0));
    if (logits.size() < 2) return 0;
    for (const T z : logits)
      if (std::isnan(z)) return std::numeric_limits<double>::quiet_NaN();
    const std::size_t other = best_other(logits, label);
    const double loss = std::max(0.0, 1 - static_cast<double>(logits[label]) + static_cast<double>(logits[other]));
    if (gradient.empty() || !(loss > 0)) return loss;
    gradient[label] = static_cast<T>(-weight);
    gradient[other] = static_cast<T>(weight);
    return loss;
  }

  /// The lowest index of equals.
  template <class T>
  static std::size_t best_other(std::span<const T> logits, std::size_t label) {
    std::size_t best = label == 0 ? 1 : 0;
    for (std::size_t c = best + 1; c < logits.size(); ++c)
      if (c != label && logits[c] > logits[best]) best = c;
    return best;
  }
};

}  // namespace

LossRegistry::Entry hinge() {
  return loss_entry({.name = "hinge",
                     .summary = "How far the label's output falls short of exceeding every other by 1; the gradient is "
                                "0 where the loss is exactly 0. One class alone has loss 0.",
                     .formula = "max(0, 1 - o_label + max of the other o_c), of equal others the lowest class",
                     .citation = "Long, Yin, Xin, arXiv:2011.11256",
                     .parameters = {},
                     .aliases = {{"margin"}, {"multi-margin"}}},
                    [](const Parameters&) { return Hinge{}; });
}

}  // namespace steq::losses
