// SPDX-License-Identifier: MIT
// The rescaling (alpha, M) that turns an estimator's recipe into an STE recipe on the same grid: learning rate alpha
// eta and initial weights M(w0). M' = alpha / q, anchored at the thresholds: M(c + u delta) = c + sgn(u) alpha F(|u|)
// delta, where c is the nearest threshold and F(u) the integral of 1 / q from 0 to u; alpha = (1/2) / F(1/2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"

namespace steq {

/// closed_form: where the estimator declares one, else quadrature. quadrature: always, to check the closed form.
enum class Route { closed_form, quadrature };

/// Keeps a reference to the estimator, which must outlive it.
class Rescaling {
 public:
  /// Throws DomainError with the obstacles where alpha and M do not exist.
  explicit Rescaling(const Estimator& estimator, Route route = Route::closed_form);

  /// Factor of the learning rate, in (0, 1].
  double alpha() const { return alpha_; }

  /// M(w), in weight units: increasing, fixes thresholds and levels, continued periodically outside [-W, W].
  /// An infinity or NaN is returned as it is.
  double map(double w) const;

  /// The w with M(w) = m.
  double inverse(double m) const;

 private:
  double integral(double u) const;
  double mapped_offset(double u) const;
  double inverse_offset(double v) const;

  const Estimator* estimator_;
  Route route_;
  double alpha_;
};

/// Why alpha and M do not exist, in words; empty where they do.
std::vector<std::string> rescaling_obstacles(const Estimator& estimator, Route route = Route::closed_form);

/// Nothing where there is an obstacle.
std::optional<Rescaling> rescaling_of(const Estimator& estimator, Route route = Route::closed_form);

}  // namespace steq
