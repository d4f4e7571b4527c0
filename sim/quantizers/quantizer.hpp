// SPDX-License-Identifier: MIT
// A quantizer maps latent weights to levels, and levels to the values that the forward pass uses.
#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"
#include "sim/quantizers/grid.hpp"

namespace steq {

/// Bound to one layer; immutable.
class Quantizer {
 public:
  virtual ~Quantizer() = default;

  virtual const Grid& grid() const = 0;

  /// level[i] and value[i] of every w[i]; spans of equal size, at most kBlock. `place` serves quantizers that draw
  /// random numbers. A NaN has an unspecified but valid level.
  virtual void quantize(std::span<const float> w, std::span<Level> level, std::span<float> value,
                        const BlockPlace& place) const = 0;
  virtual void quantize(std::span<const double> w, std::span<Level> level, std::span<double> value,
                        const BlockPlace& place) const = 0;

  /// The level of one weight, in double, for theory and tests.
  Level level_of(double w) const;
};

/// What quantize() promises, in one precision.
template <class Rule, class T>
concept QuantizesIn = requires(const Rule& rule, std::span<const T> w, std::span<Level> level, std::span<T> value,
                               const BlockPlace& place) {
  rule.apply(w, level, value, place);
};

/// A quantizer as its file writes it: an immutable struct with its grid, and apply() as a template over the precision.
template <class Rule>
concept QuantizerRule = QuantizesIn<Rule, float> && QuantizesIn<Rule, double> && requires(const Rule& rule) {
  { rule.grid() } -> std::same_as<const Grid&>;
};

/// The quantizer that follows a rule.
template <QuantizerRule Rule>
class QuantizerOf final : public Quantizer {
 public:
  explicit QuantizerOf(Rule rule) : rule_(std::move(rule)) {}

  const Grid& grid() const override { return rule_.grid(); }
  void quantize(std::span<const float> w, std::span<Level> level, std::span<float> value,
                const BlockPlace& place) const override {
    rule_.apply(w, level, value, place);
  }
  void quantize(std::span<const double> w, std::span<Level> level, std::span<double> value,
                const BlockPlace& place) const override {
    rule_.apply(w, level, value, place);
  }

 private:
  Rule rule_;
};

/// The range declared by `parameters` ("range"), or the He-uniform bound sqrt(6 / fan_in) where that is "fan-in".
double resolve_range(const Parameters& parameters, std::size_t fan_in);

/// The declaration of that parameter, shared by the quantizers that have it.
ParameterInfo range_parameter();

/// make(parameters, fan_in of the layer)
using QuantizerRegistry = Registry<std::unique_ptr<Quantizer>(const Parameters&, std::size_t fan_in)>;
const QuantizerRegistry& quantizer_registry();

/// The entry of a quantizer; `make` turns parameters and fan-in into its rule.
template <class Make>
QuantizerRegistry::Entry quantizer_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&, std::size_t>;
  static_assert(QuantizerRule<Rule>, "this quantizer lacks a function, or has it with another type");
  return {std::move(info), [make](const Parameters& p, std::size_t fan_in) -> std::unique_ptr<Quantizer> {
            if constexpr (QuantizerRule<Rule>)
              return std::make_unique<QuantizerOf<Rule>>(make(p, fan_in));
            else
              return nullptr;
          }};
}

}  // namespace steq
