// SPDX-License-Identifier: MIT
// The sign of the gradient alone: a step of lr for every weight whose gradient is not 0.
#include "sim/optimizers/optimizer.hpp"

namespace steq::optimizers {
namespace {

struct SignSgd {
  std::size_t state_count() const { return 0; }
  UpdateRule rule() const { return SignRule{}; }

  template <class T>
  void apply(const UpdateBlock<T>& block, const UpdateContext& context) const {
    const T rate = static_cast<T>(context.learning_rate);
    const T* g = block.gradient.data();
    for (std::size_t i = 0; i < block.w.size(); ++i) block.w[i] -= rate * static_cast<T>((g[i] > 0) - (g[i] < 0));
  }
};

}  // namespace

OptimizerRegistry::Entry signsgd() {
  return optimizer_entry({.name = "signsgd",
                          .summary = "Steps of the same size for all weights, by the gradient's sign.",
                          .formula = "w <- w - lr sgn(g)",
                          .citation = "Bernstein et al., arXiv:1802.04434, algorithm 1",
                          .parameters = {}},
                         [](const Parameters&) { return SignSgd{}; });
}

}  // namespace steq::optimizers
