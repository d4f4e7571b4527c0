// SPDX-License-Identifier: MIT
// Many weights without a network and their driven STE twins: the simulation that predictions are held against.
#pragma once

#include <atomic>

#include "sim/scalars/scalar_cohort.hpp"
#include "theory/driven_twin.hpp"

namespace steq {

struct ScalarRecipe {
  Spec quantizer = {"uniform", {}};
  Spec estimator = {"ste", {}};
  Spec optimizer = {"sgd", {}};
  double learning_rate = 0;
  Spec gradient = {"constant", {}};
  double low = 0, high = 0;  ///< where weights start, in units of delta from the middle threshold
  std::size_t points = 1;    ///< as many different starts, evenly spaced from low to high
  std::size_t weights = 1;   ///< a multiple of the points
  Step steps = 1;
  std::uint64_t seed = 1;
};

class ScalarTwin {
 public:
  /// Throws InputError where a plug-in of the recipe does not exist or has bad parameters.
  ScalarTwin(const ScalarRecipe& recipe, int threads);

  void run(std::span<Observer<double>* const> observers, const std::atomic<bool>& stop);

  const ScalarRecipe& recipe() const { return recipe_; }
  const GradientSource& source() const { return *source_; }
  const Learner<double>& learner() const { return cohort_.learners().front(); }
  const Estimator& estimator() const { return learner().tensors().front().estimator(); }
  const Optimizer& optimizer() const { return learner().optimizer(); }
  const DrivenTwin<double>& twin() const { return twin_; }
  const Chart& chart() const { return twin_.chart(0); }
  std::span<const double> start() const { return setup_.initial.front(); }
  std::span<const double> end() const { return learner().tensors().front().latent(); }
  /// M(w) - w_twin of each weight.
  std::vector<double> signed_errors() const { return twin_.signed_errors(learner(), 0); }

 private:
  ScalarRecipe recipe_;
  std::unique_ptr<GradientSource> source_;
  LearnerSetup setup_;
  ScalarCohort cohort_;
  DrivenTwin<double> twin_;
};

}  // namespace steq
