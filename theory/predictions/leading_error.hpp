// SPDX-License-Identifier: MIT
// What one update adds, to leading order, to the signed error M(w) - w_twin between a learner and its driven twin.
//
// Heavy ball (plain SGD with momentum 0), u the velocity of h without q:
//   -alpha lr q'(w) (A + lr s^2 / 2),   A <- momentum (A + lr s u) with the s, u and lr of the update before
// where the step s is u; with nesterov it is h + momentum u, and momentum A stands in place of A.
// A constant gradient gives alpha lr g / 2 (1 + mu) / (1 - mu)^2 ln(q / q0), zero-mean noise the drift
// -alpha/2 q' (lr / (1 - mu))^2 sigma^2 per update, of arXiv:2405.05171's setting.
//
// Adaptive moments, m and v those of h without q, U the update per unit of rate:
//   -lr q'(w)/q(w) (c1 B_m / D - c1 m c2 B_v / (sqrt(v) D^2)),   D = c2 sqrt(v) + epsilon
//   B_m <- beta1 (B_m + s m),  B_v <- beta2 (B_v + s v)    with the way s = lr U (and what w decayed) and the m, v of
//   the update before
//
// What is outside of the class comes in at first order: coupled decay, decoupled decay, clipping to a norm, factors
// that depend on the gradient's sign, and, as a variance, random factors.
#pragma once

#include <vector>

#include "sim/core/archive.hpp"
#include "sim/core/types.hpp"
#include "sim/optimizers/gradient_options.hpp"
#include "sim/optimizers/update_rule.hpp"

namespace steq {

/// One weight before an update.
struct WeightState {
  double w = 0;
  double q = 1;         ///< estimator at w, nothing masked
  double slope = 0;     ///< dq/dw
  double gradient = 0;  ///< h: dL/dQ(w) where it passes, else 0
  double excess = 0;    ///< (factor - 1) h, where the estimator multiplies by more than q
  double mapped = 0;    ///< M(w)
  double alpha = 1;
  double spread = 0;  ///< standard deviation of a random factor of mean 1
};

/// One update of all weights.
struct UpdateScales {
  double rate = 0;
  Step step = 1;                ///< 1 for the first
  double norm_factor = 1;       ///< of clipping to a norm, for the learner
  double twin_norm_factor = 1;  ///< and for its twin
};

/// Of the weights of one tensor, each with its own memory.
class LeadingError {
 public:
  LeadingError(std::size_t weights, const UpdateRule& rule, const GradientOptions& options);

  /// To be called before an update's weights are advanced.
  void begin(const UpdateScales& scales);
  /// Adds what the update will add to weight i. Different weights may be advanced at the same time.
  void advance(std::size_t i, const WeightState& at);

  /// Predicted M(w) - w_twin of each weight.
  const std::vector<double>& predicted() const { return predicted_; }
  /// Variance about that, where factors are random: (lr h spread / (1 - mu))^2 for each update of a heavy ball.
  const std::vector<double>& variance() const { return variance_; }

  void archive(Archive& a) {
    a(predicted_, variance_, velocity_, memory_, mismatch_, first_, second_, first_memory_, second_memory_, way_);
  }

 private:
  double heavy_ball(std::size_t i, const WeightState& at);
  double adaptive(std::size_t i, const WeightState& at);

  UpdateRule rule_;
  GradientOptions options_;
  UpdateScales scales_;
  double first_correction_ = 1, second_correction_ = 1;  // adaptive: c1, c2
  std::vector<double> predicted_, variance_;
  std::vector<double> velocity_, memory_, mismatch_;  // heavy ball: u, A, velocity of first-order terms
  std::vector<double> first_, second_, first_memory_, second_memory_;  // adaptive: m, v, B_m, B_v
  std::vector<double> way_;  // the way of the last update; of a heavy ball over q
};

}  // namespace steq
