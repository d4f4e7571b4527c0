// SPDX-License-Identifier: MIT
// A surrogate is the slope that stands in for the derivative of an activation quantizer in the backward pass.
#pragma once

#include <memory>
#include <span>

#include "sim/core/plugin.hpp"
#include "sim/quantizers/grid.hpp"

namespace steq {

/// Bound to one grid; immutable.
class Surrogate {
 public:
  virtual ~Surrogate() = default;

  /// Turns each x into the slope there; at most kBlock of them. `place` has frame and grid parameters of the step.
  virtual void turn(std::span<float> x, const BlockPlace& place) const = 0;
  virtual void turn(std::span<double> x, const BlockPlace& place) const = 0;

  /// The slope at one x, on its own grid.
  double slope(double x) const {
    turn(std::span<double>(&x, 1), own_);
    return x;
  }

 protected:
  explicit Surrogate(const Grid& grid) : numbers_(grid.numbers), own_{.frame = grid.frame(), .grid = numbers_} {}
  Surrogate(const Surrogate&) = delete;
  Surrogate& operator=(const Surrogate&) = delete;

 private:
  std::vector<double> numbers_;
  BlockPlace own_;
};

/// The surrogate that follows a rule: a struct with apply(std::span<T> x, const BlockPlace&), a template over the
/// precision.
template <class Rule>
class SurrogateOf final : public Surrogate {
 public:
  SurrogateOf(Rule rule, const Grid& grid) : Surrogate(grid), rule_(std::move(rule)) {}

  void turn(std::span<float> x, const BlockPlace& place) const override { rule_.apply(x, place); }
  void turn(std::span<double> x, const BlockPlace& place) const override { rule_.apply(x, place); }

 private:
  Rule rule_;
};

/// make(parameters, grid)
using SurrogateRegistry = Registry<std::unique_ptr<Surrogate>(const Parameters&, const Grid&)>;
const SurrogateRegistry& surrogate_registry();

/// The word that an activation quantizer has where no surrogate is named.
std::string usual_surrogate(const Grid& grid);

/// The entry of a surrogate; `make` turns parameters and grid into its rule.
template <class Make>
SurrogateRegistry::Entry surrogate_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&, const Grid&>;
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Surrogate> {
            return std::make_unique<SurrogateOf<Rule>>(make(p, grid), grid);
          }};
}

}  // namespace steq
