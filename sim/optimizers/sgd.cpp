// SPDX-License-Identifier: MIT
// Stochastic gradient descent with heavy-ball momentum: t <- g + momentum t; w <- w - lr t. Nesterov's looks a step
// ahead: w <- w - lr (g + momentum t).
#include "sim/optimizers/optimizer.hpp"

namespace steq::optimizers {
namespace {

class Sgd {
 public:
  Sgd(double momentum, bool nesterov) : momentum_(momentum), nesterov_(nesterov) {}

  std::size_t state_count() const { return momentum_ == 0 ? 0 : 1; }
  UpdateRule rule() const { return HeavyBall{momentum_, nesterov_}; }

  template <class T>
  void apply(const UpdateBlock<T>& block, const UpdateContext& context) const {
    const T rate = static_cast<T>(context.learning_rate), momentum = static_cast<T>(momentum_);
    T* w = block.w.data();
    const T* g = block.gradient.data();
    if (momentum_ == 0) {
      for (std::size_t i = 0; i < block.w.size(); ++i) w[i] -= rate * g[i];
      return;
    }
    T* velocity = block.state[0].data();
    if (nesterov_) {
      for (std::size_t i = 0; i < block.w.size(); ++i) {
        velocity[i] = g[i] + momentum * velocity[i];
        w[i] -= rate * (g[i] + momentum * velocity[i]);
      }
      return;
    }
    for (std::size_t i = 0; i < block.w.size(); ++i) {
      velocity[i] = g[i] + momentum * velocity[i];
      w[i] -= rate * velocity[i];
    }
  }

 private:
  double momentum_;
  bool nesterov_;
};

Sgd make(const Parameters& p) {
  if (p.boolean("nesterov") && p.number("momentum") == 0)
    throw ParameterError("nesterov", "true is not allowed without momentum; allowed: momentum above 0, or false");
  return {p.number("momentum"), p.boolean("nesterov")};
}

}  // namespace

OptimizerRegistry::Entry sgd() {
  return optimizer_entry(
      {.name = "sgd",
       .summary = "Stochastic gradient descent with heavy-ball momentum.",
       .formula = "t <- g + momentum t; w <- w - lr t; nesterov: w <- w - lr (g + momentum t)",
       .citation = "Polyak, 1964, doi:10.1016/0041-5553(64)90137-5; nesterov: Sutskever et al., ICML 2013, as PyTorch "
                   "writes it",
       .parameters = {decay_parameter("momentum", 0.0, "share of the velocity t that is kept; 0: plain SGD"),
                      {.name = "nesterov",
                       .kind = Kind::boolean,
                       .fallback = Value(false),
                       .meaning =
                           "the step is g + momentum t in place of t; alpha and M are the same, the theorems behind "
                           "record.bounds do not cover it"}},
       .aliases = {{"momentum", "\"sgd\" with momentum"},
                   {"nesterov", "\"sgd\" with nesterov and momentum"},
                   {"heavy-ball", "\"sgd\" with momentum"},
                   {"sgdw", "\"sgd\" with decoupled_decay"}}},
      make);
}

}  // namespace steq::optimizers
