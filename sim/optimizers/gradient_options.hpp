// SPDX-License-Identifier: MIT
// What every optimizer can do besides its rule: clip gradients before the rule sees them, and decay weights.
#pragma once

#include <span>
#include <vector>

#include "sim/core/parameters.hpp"

namespace steq {

/// Applied in this order; 0 switches each of them off.
struct GradientOptions {
  double clip_value = 0;               ///< each gradient is cut to [-clip_value, clip_value]
  double clip_norm = 0;                ///< all gradients of a learner are scaled so that their 2-norm is at most this
  bool clip_before_estimator = false;  ///< that norm is of dL/dQ(w), and scaled before the estimator
  double weight_decay = 0;             ///< coupled (L2): weight_decay w is added to the gradient
  double decoupled_decay = 0;  ///< w loses lr decoupled_decay w beside the rule, lr without any rescaling factor

  bool operator==(const GradientOptions&) const = default;
};

/// The declarations of all, and what was given. ParameterError where they do not go together.
std::vector<ParameterInfo> gradient_option_parameters();
GradientOptions gradient_options(const Parameters& parameters);

/// gradient[i] cut to [-limit, limit].
template <class T>
void clip_each(std::span<T> gradient, double limit);

/// min(1, limit / (norm + 1e-6)), which brings a norm down to the limit; 1 where the limit is 0.
double norm_factor(double norm, double limit);

/// Decays w and completes its gradient: what stands between clipping and the rule. `rate` is that of the update,
/// without rescaling factor.
template <class T>
void decay(const GradientOptions& options, double rate, std::span<T> w, std::span<T> gradient);

}  // namespace steq
