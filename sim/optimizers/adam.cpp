// SPDX-License-Identifier: MIT
// Adam, bias-corrected; epsilon outside the root.
#include <cmath>

#include "sim/optimizers/optimizer.hpp"

namespace steq::optimizers {
namespace {

struct Adam {
  double beta1, beta2, epsilon;

  std::size_t state_count() const { return 2; }
  UpdateRule rule() const { return AdaptiveMoments{beta1, beta2, epsilon, true}; }

  template <class T>
  void apply(const UpdateBlock<T>& block, const UpdateContext& context) const {
    const double t = context.update;
    const T rate = static_cast<T>(context.learning_rate / (1 - std::pow(beta1, t)));
    const T root = static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t)));
    const T b1 = static_cast<T>(beta1), b2 = static_cast<T>(beta2), e = static_cast<T>(epsilon);
    const T c1 = static_cast<T>(1 - beta1), c2 = static_cast<T>(1 - beta2);
    T *w = block.w.data(), *m = block.state[0].data(), *v = block.state[1].data();
    const T* g = block.gradient.data();
    for (std::size_t i = 0; i < block.w.size(); ++i) {
      m[i] = b1 * m[i] + c1 * g[i];
      v[i] = b2 * v[i] + c2 * (g[i] * g[i]);
      w[i] -= rate * m[i] / (std::sqrt(v[i]) * root + e);
    }
  }
};

}  // namespace

OptimizerRegistry::Entry adam() {
  return optimizer_entry(
      {.name = "adam",
       .summary = "Adam with bias correction; with decoupled_decay it is AdamW.",
       .formula = "m <- beta1 m + (1 - beta1) g; v <- beta2 v + (1 - beta2) g^2; "
                  "w <- w - lr m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)",
       .citation = "Kingma, Ba, arXiv:1412.6980, algorithm 1",
       .parameters = {decay_parameter("beta1", 0.9, "share of the first moment that is kept"),
                      decay_parameter("beta2", 0.95, "share of the second moment that is kept"), epsilon_parameter()},
       .aliases = {{"adamw", "\"adam\" with decoupled_decay"}}},
      [](const Parameters& p) {
        return Adam{p.number("beta1"), p.number("beta2"), p.number("epsilon")};
      });
}

}  // namespace steq::optimizers
