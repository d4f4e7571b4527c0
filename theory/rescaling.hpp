// SPDX-License-Identifier: MIT
// The rescaling (alpha, M) that turns an estimator's recipe into an STE recipe on the same grid: learning rate alpha
// eta and initial weights M(w0). M' = alpha / q, anchored at the thresholds: M(c + u delta) = c + sgn(u) alpha F(|u|)
// delta, where c is the nearest threshold and F(u) the integral of 1 / q from 0 to u; alpha = (1/2) / F(1/2).
// Where q has not the same shape in every bin, alpha is the harmonic mean of q that all finite bins have in common.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/estimators/estimator.hpp"
#include "theory/finite_bins.hpp"

namespace steq {

/// Keeps a reference to the estimator, which must outlive it.
class Rescaling {
 public:
  /// Throws DomainError with the obstacles where alpha and M do not exist.
  explicit Rescaling(const Estimator& estimator, Route route = Route::closed_form);

  /// Factor of the learning rate. With one threshold it is free: then it is the harmonic mean of q over the range, with
  /// which M keeps +-W fixed if q is symmetric, or, where 1/q is not integrable up to them, q at the threshold.
  double alpha() const { return alpha_; }

  /// True where M fixes all levels; false where it fixes thresholds alone.
  bool fixes_levels() const { return periodic_ && !open_; }

  /// True where M fixes +-W, the ends of the range.
  bool keeps_range() const { return keeps_range_; }

  /// M(w), in weight units: increasing, fixes thresholds. Outside [-W, W] it goes on periodically; where it does not
  /// fix levels, in any increasing way. An infinity or NaN is returned as it is.
  double map(double w) const;

  /// The w with M(w) = m.
  double inverse(double m) const;

 private:
  double integral(double u) const;
  bool fixes_range_ends() const;
  double mapped_offset(double u) const;
  double inverse_offset(double v) const;
  double map_outward(double w) const;
  double inverse_outward(double m) const;
  template <class Offset>
  double move(double w, const Offset& offset) const;

  const Estimator* estimator_;
  Route route_;
  bool periodic_;
  bool open_ = false;  ///< one threshold, and 1/q is not integrable up to the ends of the range
  bool keeps_range_ = false;
  double alpha_;
};

/// Why alpha and M do not exist, in words; empty where they do.
std::vector<std::string> rescaling_obstacles(const Estimator& estimator, Route route = Route::closed_form);

/// Nothing where there is an obstacle.
std::optional<Rescaling> rescaling_of(const Estimator& estimator, Route route = Route::closed_form);

}  // namespace steq
