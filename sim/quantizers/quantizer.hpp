// SPDX-License-Identifier: MIT
// A quantizer maps latent weights to levels, and levels to the values that the forward pass uses.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/core/plugin.hpp"
#include "sim/core/tensor_shape.hpp"
#include "sim/core/types.hpp"
#include "sim/quantizers/grid.hpp"
#include "sim/quantizers/grid_parameter.hpp"

namespace steq {

/// Bound to one layer; immutable. A grid that moves is a function of its grid parameters: whoever holds their values
/// brings them along, one span for each group of weights, in the order of parameters().
class Quantizer {
 public:
  virtual ~Quantizer() = default;

  /// The grid; of one that moves, that of weights as networks begin with them.
  virtual const Grid& grid() const = 0;

  /// False of `none`: the forward pass uses the latent weights, and there are no levels.
  virtual bool has_levels() const { return true; }

  /// Training uses a smooth function of the weight in place of the levels' values.
  virtual bool soft() const { return false; }
  /// Training draws at random which level's value it uses.
  virtual bool noisy() const { return false; }
  /// Either: what training uses is not what one would deploy.
  bool trains_otherwise() const { return soft() || noisy(); }

  virtual std::vector<GridParameter> parameters() const { return {}; }
  bool moves() const { return !parameters().empty(); }
  /// So many weights that follow each other share their grid parameters; 0: all of the tensor.
  virtual std::size_t group() const { return 0; }

  virtual Grid grid_at(std::span<const double> numbers) const = 0;
  /// More than one where the weights of a group lie on grids of their own.
  virtual std::vector<Grid> grids_at(std::span<const double> numbers) const = 0;
  virtual GridFrame frame_at(std::span<const double> numbers) const = 0;

  /// Sets the fitted numbers of a group of latent weights; they are 0 before the first time. `curvature` [w] says how
  /// much each weight counts, at least 0; empty: all alike.
  virtual void fit(std::span<const float> w, std::span<const float> curvature, std::span<double> numbers) const = 0;
  virtual void fit(std::span<const double> w, std::span<const double> curvature, std::span<double> numbers) const = 0;
  void fit(std::span<const float> w, std::span<double> numbers) const { fit(w, {}, numbers); }
  void fit(std::span<const double> w, std::span<double> numbers) const { fit(w, {}, numbers); }
  /// Whether fit() looks at curvature.
  virtual bool weighs() const = 0;
  /// Whether training hands it the optimizer's second moments for that, from the first update on.
  virtual bool weighs_by_moments() const = 0;
  /// Over so many batches the gradients of all tensors decide how many levels each has, at a sum of `count` a tensor; 0:
  /// as many as declared.
  virtual std::size_t share_over() const = 0;
  /// So many updates lie between two fits; 0: there is only that of the first weights.
  virtual Step refit_every() const { return 1; }
  /// Sets the learned ones, and those of the first weights, before the first update, when the others stand.
  virtual void start(std::span<const float> w, std::span<double> numbers) const = 0;
  virtual void start(std::span<const double> w, std::span<double> numbers) const = 0;

  /// Sets the scheduled ones for the next update.
  virtual void schedule(const Clock& clock, std::span<double> numbers) const = 0;

  /// level[i] and value[i] of every w[i]; spans of equal size, at most kBlock, of one group. `place` has the group's
  /// numbers, and serves quantizers that draw random numbers. Levels are those of the deterministic rule; values are what
  /// training uses, or where place.hard those of the levels. A NaN has an unspecified but valid level.
  virtual void quantize(std::span<const float> w, std::span<Level> level, std::span<float> value,
                        const BlockPlace& place) const = 0;
  virtual void quantize(std::span<const double> w, std::span<Level> level, std::span<double> value,
                        const BlockPlace& place) const = 0;

  /// Adds the derivatives of the loss by the learned numbers, given those by the values in training, to `sums` [learned
  /// numbers].
  virtual void add_gradients(std::span<const float> w, std::span<const float> gradient, const BlockPlace& place,
                             std::span<double> sums) const = 0;
  virtual void add_gradients(std::span<const double> w, std::span<const double> gradient, const BlockPlace& place,
                             std::span<double> sums) const = 0;

  /// Multiplies dL/dQ by the slope of what the quantizer does to weights before it rounds them, if anything.
  virtual void multiply_slope(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const = 0;
  virtual void multiply_slope(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const = 0;

  /// The level of one weight on grid(), in double, for theory and tests.
  Level level_of(double w) const;
};

/// make(parameters, tensor)
using QuantizerRegistry = Registry<std::unique_ptr<Quantizer>(const Parameters&, const TensorShape&)>;
const QuantizerRegistry& quantizer_registry();

/// The range declared by `parameters` ("range"), or the He-uniform bound sqrt(6 / fan_in) where that is "fan-in".
/// ParameterError for activations, which have no fan-in.
double resolve_range(const Parameters& parameters, const TensorShape& tensor);

/// The declaration of that parameter, shared by the quantizers that have it.
ParameterInfo range_parameter();
/// Bits a weight, from `least` to 8.
ParameterInfo bits_parameter(int least);

}  // namespace steq
