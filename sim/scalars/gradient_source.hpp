// SPDX-License-Identifier: MIT
// Gradients that come from no network: a given function of step and weight, the same for every learner.
#pragma once

#include <memory>
#include <span>

#include "sim/core/plugin.hpp"
#include "sim/core/types.hpp"

namespace steq {

class GradientSource {
 public:
  virtual ~GradientSource() = default;

  /// The gradients of update `step` (1 for the first) of the weights from index `first` on, a multiple of kBlock: a
  /// pure function of the seed, the step and the index.
  virtual void fill(Step step, std::size_t first, std::span<double> gradient) const = 0;

  virtual double mean() const = 0;
  virtual double deviation() const = 0;
  /// The mean of |g| about the mean, as a share of the deviation: 1 for a coin, sqrt(2 / pi) for a normal distribution.
  virtual double absolute_share() const = 0;
};

using GradientSourceRegistry = Registry<std::unique_ptr<GradientSource>(const Parameters&, std::uint64_t seed)>;
const GradientSourceRegistry& gradient_source_registry();

/// The declarations that noisy sources share.
ParameterInfo gradient_mean_parameter(double fallback);
ParameterInfo gradient_deviation_parameter();

}  // namespace steq
