// SPDX-License-Identifier: MIT
// Stochastic gradient descent with heavy-ball momentum: t <- g + momentum t; w <- w - lr t.
#include "sim/optimizers/optimizer.hpp"

namespace steq::optimizers {
namespace {

class Sgd {
 public:
  explicit Sgd(double momentum) : momentum_(momentum) {}

  std::size_t state_count() const { return momentum_ == 0 ? 0 : 1; }
  UpdateRule rule() const { return HeavyBall{momentum_}; }

  template <class T>
  void apply(const UpdateBlock<T>& block, const UpdateContext& context) const {
    const T rate = static_cast<T>(context.learning_rate), momentum = static_cast<T>(momentum_);
    T* w = block.w.data();
    const T* g = block.gradient.data();
    if (momentum_ == 0) {
      for (std::size_t i = 0; i < block.w.size(); ++i) w[i] -= rate * g[i];
      return;
    }
    T* trace = block.state[0].data();
    for (std::size_t i = 0; i < block.w.size(); ++i) {
      trace[i] = g[i] + momentum * trace[i];
      w[i] -= rate * trace[i];
    }
  }

 private:
  double momentum_;
};

}  // namespace

OptimizerRegistry::Entry sgd() {
  return optimizer_entry(
      {.name = "sgd",
       .summary = "Stochastic gradient descent with heavy-ball momentum.",
       .formula = "t <- g + momentum t; w <- w - lr t",
       .citation = "Polyak, 1964, doi:10.1016/0041-5553(64)90137-5",
       .parameters = {decay_parameter("momentum", 0.0, "share of the trace t that is kept; 0: plain SGD")}},
      [](const Parameters& p) { return Sgd(p.number("momentum")); });
}

}  // namespace steq::optimizers
