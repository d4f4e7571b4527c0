// SPDX-License-Identifier: MIT
// An optimizer turns gradients into updates of the latent weights, weight by weight.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"
#include "sim/optimizers/gradient_options.hpp"
#include "sim/optimizers/update_rule.hpp"

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
  virtual UpdateRule rule() const = 0;

  /// Applied by the learner, as clipping to a norm looks at all weights at once; the rule knows nothing of them.
  const GradientOptions& options() const { return options_; }
  void set_options(const GradientOptions& options) { options_ = options; }

  /// True where the rule does not see a positive factor on all gradients of a weight (up to epsilon): then an
  /// estimator's STE equivalent needs neither alpha nor M.
  bool scale_invariant() const { return !std::holds_alternative<HeavyBall>(rule()); }
  /// True where a weight's update depends on no other weight's gradient.
  bool coordinate_wise() const { return options_.clip_norm == 0; }

  virtual void update(const UpdateBlock<float>& block, const UpdateContext& context) const = 0;
  virtual void update(const UpdateBlock<double>& block, const UpdateContext& context) const = 0;

 private:
  GradientOptions options_;
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

/// The entry of an optimizer: `make` turns its own parameters into it; the options that all have are added here.
template <class Make>
OptimizerRegistry::Entry optimizer_entry(PluginInfo info, Make make) {
  for (ParameterInfo& option : gradient_option_parameters()) info.parameters.push_back(std::move(option));
  return {std::move(info), [make](const Parameters& p) -> std::unique_ptr<Optimizer> {
            auto optimizer = make(p);
            optimizer->set_options(gradient_options(p));
            return optimizer;
          }};
}

/// An exponential-average factor in [0, 1), as beta1 and beta2 are.
ParameterInfo decay_parameter(const std::string& name, double fallback, const std::string& meaning);
/// The small number added to a root.
ParameterInfo epsilon_parameter();

}  // namespace steq
