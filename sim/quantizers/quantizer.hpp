// SPDX-License-Identifier: MIT
// A quantizer maps latent weights to levels, and levels to the values that the forward pass uses.
#pragma once

#include <memory>
#include <span>
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

/// Gives a quantizer written once, as `template <class T> void apply(span w, span level, span value, place) const`,
/// both precisions.
template <class Impl>
class QuantizerOf : public Quantizer {
 public:
  void quantize(std::span<const float> w, std::span<Level> level, std::span<float> value,
                const BlockPlace& place) const final {
    static_cast<const Impl*>(this)->apply(w, level, value, place);
  }
  void quantize(std::span<const double> w, std::span<Level> level, std::span<double> value,
                const BlockPlace& place) const final {
    static_cast<const Impl*>(this)->apply(w, level, value, place);
  }
};

/// The range declared by `parameters` ("range"), or the He-uniform bound sqrt(6 / fan_in) where that is "fan-in".
double resolve_range(const Parameters& parameters, std::size_t fan_in);

/// The declaration of that parameter, shared by the quantizers that have it.
ParameterInfo range_parameter();

/// make(parameters, fan_in of the layer)
using QuantizerRegistry = Registry<std::unique_ptr<Quantizer>(const Parameters&, std::size_t fan_in)>;
const QuantizerRegistry& quantizer_registry();

}  // namespace steq
