// SPDX-License-Identifier: MIT
// What theorem A needs to know of the gradients behind the moments of Adam and RMSProp.
#pragma once

#include "sim/core/types.hpp"
#include "sim/optimizers/update_rule.hpp"

namespace steq {

/// The factors of update t that are the same for all weights; to be advanced before each update.
class MomentFactors {
 public:
  explicit MomentFactors(const AdaptiveMoments& rule) : rule_(rule) {}

  /// `step` is 1 for the first update, and each call is for the next one.
  void advance(Step step);

  double second() const { return second_; }  ///< c2 = (1 - beta2^t)^(-1/2), or 1 without bias correction
  /// B_t: no update |U| is larger; C_t sqrt(sum of rho^n over n < t), rho = beta1^2 / beta2, C_t = c1 (1 - beta1) /
  /// (c2 sqrt(1 - beta2)), c1 = 1 / (1 - beta1^t) or 1. Infinite unless rho < 1.
  double update_bound() const { return update_bound_; }
  /// K_t = C_t sqrt(sum of n^2 rho^n over n < t), in steps.
  double age_bound() const { return age_bound_; }

 private:
  AdaptiveMoments rule_;
  double second_ = 1, update_bound_ = 0, age_bound_ = 0;
  double n_ = 0, power_ = 1, powers_ = 0, aged_powers_ = 0;  // n, rho^n and the two sums
};

/// One weight's exponential averages over its past gradients h and the q that they met; averages weigh the gradient of
/// n updates ago by (1 - beta2) beta2^n.
class GradientHistory {
 public:
  /// Takes in the gradient of the next update, and q of the weight before it.
  void add(double beta2, double h, double q);

  double plain_moment() const { return plain_; }  ///< mean of h^2
  double moment() const { return moment_; }       ///< mean of (q h)^2, each q that of its time
  /// b = sqrt(mean of ((q_then / q_now - 1) h)^2), at least |sqrt(moment()) / q_now - sqrt(plain_moment())|.
  double spread() const;
  /// A = sqrt(sum beta2^n n^2 h^2 / sum beta2^n h^2): root mean square age of the memory, in updates.
  double age() const;

 private:
  double plain_ = 0, moment_ = 0;
  double q_ = 0;                      // of the last update
  double first_ = 0, second_ = 0;     // means of (q_then - q_) h^2 and of its square's: exact where q never changed
  double aged_ = 0, aged_twice_ = 0;  // means of n h^2 and n^2 h^2
};

}  // namespace steq
