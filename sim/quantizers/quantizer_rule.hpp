// SPDX-License-Identifier: MIT
// What the file of a quantizer writes down: an immutable struct, here called its rule. A function that is forgotten or
// has another type is one error of the compiler, which names it.
#pragma once

#include <concepts>
#include <utility>

#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// What quantize() promises, in one precision.
template <class Rule, class T>
concept QuantizesIn = requires(const Rule& rule, std::span<const T> w, std::span<Level> level, std::span<T> value,
                               const BlockPlace& place) {
  rule.apply(w, level, value, place);
};

/// A grid that stands: the grid itself, and apply() as a template over the precision.
template <class Rule>
concept StandingRule = QuantizesIn<Rule, float> && QuantizesIn<Rule, double> && requires(const Rule& rule) {
  { rule.grid() } -> std::same_as<const Grid&>;
};

/// A grid that moves: what moves it, the grid as a function of these numbers, and numbers to show it with.
template <class Rule>
concept MovingRule = QuantizesIn<Rule, float> && QuantizesIn<Rule, double> &&
    requires(const Rule& rule, std::span<const double> numbers) {
  { rule.parameters() } -> std::same_as<std::vector<GridParameter>>;
  { rule.group() } -> std::same_as<std::size_t>;
  { rule.grid_at(numbers) } -> std::same_as<Grid>;
  { rule.example() } -> std::same_as<std::vector<double>>;
};

template <class Rule>
concept QuantizerRule = StandingRule<Rule> || MovingRule<Rule>;

/// Besides these a rule may have, as templates over the precision,
///   void fit(std::span<const T> w, std::span<double> numbers) const, or with the weights' curvature between the two
///   bool weighs_by_moments() const
///   std::size_t share_over() const
///   Step refit_every() const
///   void multiply_slope(std::span<const T> w, std::span<T> gradient, const BlockPlace&) const
///   void start(std::span<const T> w, std::span<double> numbers) const
///   void schedule(const Clock& clock, std::span<double> numbers) const
///   void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace&, std::span<double> sums) const
/// and where not every grid is computed for its frame alone
///   GridFrame frame_at(std::span<const double> numbers) const
/// and where a group lies on several grids
///   std::vector<Grid> grids_at(std::span<const double> numbers) const
/// and where training uses other values than the levels'
///   bool soft() const, bool noisy() const, std::shared_ptr<const ForwardSlope> slope() const
template <QuantizerRule Rule>
class QuantizerOf final : public Quantizer {
 public:
  explicit QuantizerOf(Rule rule) : rule_(std::move(rule)), grid_(grid_at(example())) {}

  const Grid& grid() const override { return grid_; }
  bool has_levels() const override {
    if constexpr (requires { Rule::kHasLevels; }) return Rule::kHasLevels;
    return true;
  }
  std::vector<GridParameter> parameters() const override {
    if constexpr (MovingRule<Rule>)
      return rule_.parameters();
    else
      return {};
  }
  std::size_t group() const override {
    if constexpr (MovingRule<Rule>)
      return rule_.group();
    else
      return 0;
  }
  bool soft() const override {
    if constexpr (requires { rule_.soft(); }) return rule_.soft();
    return false;
  }
  bool noisy() const override {
    if constexpr (requires { rule_.noisy(); }) return rule_.noisy();
    return false;
  }
  Grid grid_at([[maybe_unused]] std::span<const double> numbers) const override {
    if constexpr (MovingRule<Rule>)
      return described(rule_.grid_at(numbers), numbers);
    else
      return rule_.grid();
  }
  std::vector<Grid> grids_at(std::span<const double> numbers) const override {
    if constexpr (requires { rule_.grids_at(numbers); })
      return rule_.grids_at(numbers);
    else
      return {grid_at(numbers)};
  }
  GridFrame frame_at([[maybe_unused]] std::span<const double> numbers) const override {
    if constexpr (requires { rule_.frame_at(numbers); })
      return rule_.frame_at(numbers);
    else
      return grid_at(numbers).frame();
  }

  using Quantizer::fit;
  void fit(std::span<const float> w, std::span<const float> curvature, std::span<double> numbers) const override {
    fit_rule(w, curvature, numbers);
  }
  void fit(std::span<const double> w, std::span<const double> curvature, std::span<double> numbers) const override {
    fit_rule(w, curvature, numbers);
  }
  bool weighs() const override {
    return requires(const Rule& r, std::span<const double> w, std::span<double> numbers) { r.fit(w, w, numbers); };
  }
  bool weighs_by_moments() const override {
    if constexpr (requires { rule_.weighs_by_moments(); }) return rule_.weighs_by_moments();
    return false;
  }
  std::size_t share_over() const override {
    if constexpr (requires { rule_.share_over(); }) return rule_.share_over();
    return 0;
  }
  Step refit_every() const override {
    if constexpr (requires { rule_.refit_every(); }) return rule_.refit_every();
    return 1;
  }
  void start(std::span<const float> w, std::span<double> numbers) const override { start_rule(w, numbers); }
  void start(std::span<const double> w, std::span<double> numbers) const override { start_rule(w, numbers); }
  void schedule([[maybe_unused]] const Clock& clock, [[maybe_unused]] std::span<double> numbers) const override {
    if constexpr (requires { rule_.schedule(clock, numbers); }) rule_.schedule(clock, numbers);
  }

  void quantize(std::span<const float> w, std::span<Level> level, std::span<float> value,
                const BlockPlace& place) const override {
    rule_.apply(w, level, value, place);
  }
  void quantize(std::span<const double> w, std::span<Level> level, std::span<double> value,
                const BlockPlace& place) const override {
    rule_.apply(w, level, value, place);
  }
  void multiply_slope(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const override {
    multiply_rule(w, gradient, place);
  }
  void multiply_slope(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const override {
    multiply_rule(w, gradient, place);
  }
  void add_gradients(std::span<const float> w, std::span<const float> gradient, const BlockPlace& place,
                     std::span<double> sums) const override {
    add_of_rule(w, gradient, place, sums);
  }
  void add_gradients(std::span<const double> w, std::span<const double> gradient, const BlockPlace& place,
                     std::span<double> sums) const override {
    add_of_rule(w, gradient, place, sums);
  }

 private:
  std::vector<double> example() const {
    if constexpr (MovingRule<Rule>)
      return rule_.example();
    else
      return {};
  }
  /// The grid with the numbers at which it lies.
  Grid described(Grid grid, std::span<const double> numbers) const {
    for (const GridParameter& parameter : parameters())
      grid.names.insert(grid.names.end(), parameter.count, parameter.name);
    grid.numbers.assign(numbers.begin(), numbers.end());
    if constexpr (requires { rule_.slope(); }) grid.slope = rule_.slope();
    return grid;
  }
  template <class T>
  void fit_rule([[maybe_unused]] std::span<const T> w, [[maybe_unused]] std::span<const T> curvature,
                [[maybe_unused]] std::span<double> numbers) const {
    if constexpr (requires { rule_.fit(w, curvature, numbers); })
      rule_.fit(w, curvature, numbers);
    else if constexpr (requires { rule_.fit(w, numbers); })
      rule_.fit(w, numbers);
  }
  template <class T>
  void multiply_rule([[maybe_unused]] std::span<const T> w, [[maybe_unused]] std::span<T> gradient,
                     [[maybe_unused]] const BlockPlace& place) const {
    if constexpr (requires { rule_.multiply_slope(w, gradient, place); }) rule_.multiply_slope(w, gradient, place);
  }
  template <class T>
  void start_rule([[maybe_unused]] std::span<const T> w, [[maybe_unused]] std::span<double> numbers) const {
    if constexpr (requires { rule_.start(w, numbers); }) rule_.start(w, numbers);
  }
  template <class T>
  void add_of_rule([[maybe_unused]] std::span<const T> w, [[maybe_unused]] std::span<const T> gradient,
                   [[maybe_unused]] const BlockPlace& place, [[maybe_unused]] std::span<double> sums) const {
    if constexpr (requires { rule_.add_gradients(w, gradient, place, sums); })
      rule_.add_gradients(w, gradient, place, sums);
  }

  Rule rule_;
  Grid grid_;
};

/// The entry of a quantizer; `make` turns parameters and tensor into its rule.
template <class Make>
QuantizerRegistry::Entry quantizer_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&, const TensorShape&>;
  static_assert(QuantizerRule<Rule>, "this quantizer lacks a function, or has it with another type");
  return {std::move(info), [make](const Parameters& p, const TensorShape& tensor) -> std::unique_ptr<Quantizer> {
            if constexpr (QuantizerRule<Rule>)
              return std::make_unique<QuantizerOf<Rule>>(make(p, tensor));
            else
              return nullptr;
          }};
}

}  // namespace steq
