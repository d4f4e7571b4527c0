// SPDX-License-Identifier: MIT
// An optimizer turns gradients into updates of the latent weights, weight by weight.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// At most this many state arrays (moments) a weight.
inline constexpr std::size_t kMaxStates = 2;

/// A block of weights with its gradients and the optimizer's state; all spans have the same size.
template <class T>
struct UpdateBlock {
  std::span<T> w;
  std::span<const T> gradient;
  std::array<std::span<T>, kMaxStates> state;  ///< zero before the first update
};

struct UpdateContext {
  double learning_rate;  ///< of this update, schedule and factors included
  Step update;           ///< 1 for the first update
};

/// Parameters only; the state lives with the learner.
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  virtual std::size_t state_count() const = 0;

  /// True where multiplying all gradients of a weight by a positive constant changes nothing (up to epsilon): then an
  /// estimator's STE equivalent needs neither alpha nor M.
  virtual bool scale_invariant() const = 0;

  virtual void update(const UpdateBlock<float>& block, const UpdateContext& context) const = 0;
  virtual void update(const UpdateBlock<double>& block, const UpdateContext& context) const = 0;
};

/// Gives an optimizer written once, as `template <class T> void apply(block, context) const`, both precisions.
template <class Impl>
class OptimizerOf : public Optimizer {
 public:
  void update(const UpdateBlock<float>& block, const UpdateContext& context) const final {
    static_cast<const Impl*>(this)->apply(block, context);
  }
  void update(const UpdateBlock<double>& block, const UpdateContext& context) const final {
    static_cast<const Impl*>(this)->apply(block, context);
  }
};

using OptimizerRegistry = Registry<std::unique_ptr<Optimizer>(const Parameters&)>;
const OptimizerRegistry& optimizer_registry();

/// An exponential-average factor in [0, 1), as beta1 and beta2 are.
ParameterInfo decay_parameter(const std::string& name, double fallback, const std::string& meaning);
/// The small number added to a root.
ParameterInfo epsilon_parameter();

}  // namespace steq
