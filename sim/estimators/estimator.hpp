// SPDX-License-Identifier: MIT
// A gradient estimator is the multiplier q = Q-hat' that replaces the derivative of the quantizer in the backward pass.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/jet.hpp"
#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"
#include "sim/estimators/expression_text.hpp"
#include "sim/estimators/gate.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// Bounds of q over the range [-W, W]; infinite where there are none.
struct EstimatorBounds {
  double lower = 0;      ///< L-, dimensionless
  double upper = 0;      ///< L+, dimensionless
  double lipschitz = 0;  ///< L', in 1 / weight units
};

/// What an estimator declares about its shape; theory and the generic tests rely on it.
struct EstimatorTraits {
  bool positive = true;         ///< q > 0 wherever the gradient passes, single points apart
  bool periodic = true;         ///< the same shape in every bin
  bool smooth = true;           ///< q is continuous inside the range
  bool sign_dependent = false;  ///< depends on the sign of the gradient
  bool noisy = false;           ///< draws random numbers
  bool layer_wide = false;      ///< depends on the other weights of the layer
  bool coupled = false;         ///< a weight takes up gradients of others
};

/// alpha and M as formulas in muParser's syntax, each in terms of `symbols` (and M of u in [0, 1/2], its value in units
/// of delta), for people; a test evaluates them.
struct ClosedForm {
  std::string alpha;
  std::string map;
  Symbols symbols = {};
};

/// A group of weights that share their grid parameters, as the backward pass leaves it.
template <class T>
struct GroupGradients {
  std::span<const T> w, value, gradient;  ///< latent weights, what training used for them, dL/dQ(w)
  double factor = 1;                      ///< by which each gradient is multiplied before the estimator sees it
  std::size_t first = 0;                  ///< flat index of the first weight
  std::span<const double> grid = {};      ///< the quantizer's grid parameters
};

/// Bound to the grid of one layer; immutable.
class Estimator {
 public:
  virtual ~Estimator() = default;

  virtual const Grid& grid() const = 0;
  virtual EstimatorTraits traits() const = 0;
  virtual EstimatorBounds bounds() const = 0;

  virtual const Gate& gate() const = 0;

  /// The gradient passes where |w| <= reach(), on a symmetric grid, in weight units; infinite where nothing is masked.
  double reach() const { return gate().reach(grid()); }
  bool passes(double w) const { return gate().passes(w, grid()); }

  /// What it must know of the whole tensor besides the grid; fitted.
  virtual std::vector<GridParameter> parameters() const { return {}; }
  /// The values of these, [parameters()], for the latent weights of a tensor.
  virtual void fit(std::span<const float>, std::span<double>) const {}
  virtual void fit(std::span<const double>, std::span<double>) const {}

  /// So many numbers it must know of a whole group's gradients before it turns the first of them.
  virtual std::size_t gathered() const { return 0; }
  /// Sets these.
  virtual void gather(const GroupGradients<float>&, std::span<double>) const {}
  virtual void gather(const GroupGradients<double>&, std::span<double>) const {}

  /// q(w), 0 where the gradient is masked; the mean over draws and signs where it depends on those.
  virtual double derivative(double w) const = 0;

  /// The soft staircase Q-hat(w), whose derivative is q.
  virtual double surrogate(double w) const = 0;

  /// q continued beyond the range as if nothing were masked: what the map M integrates.
  virtual double unmasked_derivative(double w) const = 0;

  /// The same of many: q[i] of w[i]; spans of equal size, at most kBlock.
  virtual void unmasked_derivatives(std::span<const double> w, std::span<double> q) const {
    for (std::size_t i = 0; i < w.size(); ++i) q[i] = unmasked_derivative(w[i]);
  }

  /// F(u) = integral of dv / q from the threshold (v = 0) to u in [0, 1/2], in units of delta, where a closed form is
  /// known; of a periodic estimator.
  virtual std::optional<double> reciprocal_integral(double u) const = 0;

  /// The u in [0, 1/2] with F(u) = f, where a closed form is known.
  virtual std::optional<double> reciprocal_integral_inverse(double f) const = 0;

  /// The two as text, where the closed form is an elementary one.
  virtual std::optional<ClosedForm> closed_form() const { return std::nullopt; }

  /// Integral of dv / q from 0 to w, in weight units, where a closed form is known; of one that is not periodic.
  virtual std::optional<double> reciprocal_rise(double) const { return std::nullopt; }

  /// q, unmasked, as text.
  virtual ExpressionText expression() const = 0;

  /// What is to be known besides the formula, on this grid: sentences.
  virtual std::vector<std::string> remarks() const { return {}; }

  /// Where q or its slope jumps, so that quadrature is split there: the u in (0, 1/2), or if not periodic the w.
  virtual std::vector<double> kinks() const { return {}; }

  /// Enclosures of q, unmasked, and of its first two derivatives, as the program computes q: over an interval of u
  /// inside [0, 1/2] (derivatives by u), or if not periodic of w inside [0, W]; q is even about 0 in either. Nothing
  /// where the formula does not allow it, or where the interval reaches across a kink.
  virtual std::optional<Jet> enclose(const Interval&) const { return std::nullopt; }

  /// gradient[i] *= q(w[i]), unmasked, on the grid of `place`; spans of equal size, at most kBlock. Where it gathers, it
  /// may add what the group's other gradients hand to a weight.
  virtual void multiply(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const = 0;
  virtual void multiply(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const = 0;

  /// gradient[i] *= q(w[i]) on its own grid, 0 where the gate is closed: what a learner does on a grid that stands.
  void backward(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const;
  void backward(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const;
};

/// For the makers of estimators that count in bins: ParameterError where the bins of the grid differ in width.
void require_even_bins(const Grid& grid);

using EstimatorRegistry = Registry<std::unique_ptr<Estimator>(const Parameters&, const Grid&)>;
const EstimatorRegistry& estimator_registry();

}  // namespace steq
