// SPDX-License-Identifier: MIT
// An optimizer turns gradients into updates of the latent weights, weight by weight.
#pragma once

#include <array>
#include <concepts>
#include <memory>
#include <optional>
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
  /// Which of the states is a running mean of squared gradients; nothing where none is.
  std::optional<std::size_t> second_moment() const {
    if (!std::holds_alternative<AdaptiveMoments>(rule())) return std::nullopt;
    return state_count() - 1;
  }

  /// Applied by the learner, as clipping to a norm looks at all weights at once; the rule knows nothing of them.
  virtual const GradientOptions& options() const = 0;

  /// True where the rule does not see a positive factor on all gradients of a weight (up to epsilon): then an
  /// estimator's STE equivalent needs neither alpha nor M.
  bool scale_invariant() const { return !std::holds_alternative<HeavyBall>(rule()); }
  /// True where a weight's update depends on no other weight's gradient.
  bool coordinate_wise() const { return options().clip_norm == 0; }

  virtual void update(const UpdateBlock<float>& block, const UpdateContext& context) const = 0;
  virtual void update(const UpdateBlock<double>& block, const UpdateContext& context) const = 0;
};

/// What update() promises, in one precision.
template <class Rule, class T>
concept UpdatesIn = requires(const Rule& rule, const UpdateBlock<T>& block, const UpdateContext& context) {
  rule.apply(block, context);
};

/// An optimizer as its file writes it: an immutable struct that says how many states a weight has, which rule it is as
/// theory knows it, and has apply() as a template over the precision.
template <class Rule>
concept OptimizerRule = UpdatesIn<Rule, float> && UpdatesIn<Rule, double> && requires(const Rule& rule) {
  { rule.state_count() } -> std::same_as<std::size_t>;
  { rule.rule() } -> std::same_as<UpdateRule>;
};

/// The optimizer that follows a rule, with the options that all have.
template <OptimizerRule Rule>
class OptimizerOf final : public Optimizer {
 public:
  OptimizerOf(Rule rule, const GradientOptions& options) : rule_(std::move(rule)), options_(options) {}

  std::size_t state_count() const override { return rule_.state_count(); }
  UpdateRule rule() const override { return rule_.rule(); }
  const GradientOptions& options() const override { return options_; }
  void update(const UpdateBlock<float>& block, const UpdateContext& context) const override {
    rule_.apply(block, context);
  }
  void update(const UpdateBlock<double>& block, const UpdateContext& context) const override {
    rule_.apply(block, context);
  }

 private:
  Rule rule_;
  GradientOptions options_;
};

using OptimizerRegistry = Registry<std::unique_ptr<Optimizer>(const Parameters&)>;
const OptimizerRegistry& optimizer_registry();

/// The entry of an optimizer: `make` turns its own parameters into its rule; the options that all have are added here.
template <class Make>
OptimizerRegistry::Entry optimizer_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&>;
  static_assert(OptimizerRule<Rule>, "this optimizer lacks a function, or has it with another type");
  for (ParameterInfo& option : gradient_option_parameters()) info.parameters.push_back(std::move(option));
  return {std::move(info), [make](const Parameters& p) -> std::unique_ptr<Optimizer> {
            if constexpr (OptimizerRule<Rule>)
              return std::make_unique<OptimizerOf<Rule>>(make(p), gradient_options(p));
            else
              return nullptr;
          }};
}

/// An exponential-average factor in [0, 1), as beta1 and beta2 are.
ParameterInfo decay_parameter(const std::string& name, double fallback, const std::string& meaning);
/// The small number added to a root.
ParameterInfo epsilon_parameter();

}  // namespace steq
