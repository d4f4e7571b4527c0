// SPDX-License-Identifier: MIT
// RMSProp, without bias correction; epsilon outside the root.
#include <cmath>

#include "sim/optimizers/optimizer.hpp"

namespace steq::optimizers {
namespace {

struct RmsProp {
  double beta2, epsilon;

  std::size_t state_count() const { return 1; }
  UpdateRule rule() const { return AdaptiveMoments{0, beta2, epsilon, false}; }

  template <class T>
  void apply(const UpdateBlock<T>& block, const UpdateContext& context) const {
    const T rate = static_cast<T>(context.learning_rate), e = static_cast<T>(epsilon);
    const T b2 = static_cast<T>(beta2), c2 = static_cast<T>(1 - beta2);
    T *w = block.w.data(), *v = block.state[0].data();
    const T* g = block.gradient.data();
    for (std::size_t i = 0; i < block.w.size(); ++i) {
      v[i] = b2 * v[i] + c2 * (g[i] * g[i]);
      w[i] -= rate * g[i] / (std::sqrt(v[i]) + e);
    }
  }
};

}  // namespace

OptimizerRegistry::Entry rmsprop() {
  return optimizer_entry(
      {.name = "rmsprop",
       .summary = "RMSProp without momentum and without bias correction.",
       .formula = "v <- beta2 v + (1 - beta2) g^2; w <- w - lr g / (sqrt(v) + epsilon)",
       .citation = "Tieleman, Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012",
       .parameters = {decay_parameter("beta2", 0.99, "share of the second moment that is kept"), epsilon_parameter()}},
      [](const Parameters& p) {
        return RmsProp{p.number("beta2"), p.number("epsilon")};
      });
}

}  // namespace steq::optimizers
