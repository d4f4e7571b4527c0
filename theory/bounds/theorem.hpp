// SPDX-License-Identifier: MIT
// What a theorem says of one step: while a learner Q trains with an estimator q and a learner S with the STE at alpha
// times the rate, E = |M(w_Q) - w_S| grows by no more than
//   |s_S + alpha eta u|                              the gradient term: how far S did not do Q's update
//   + |M(w_Q + s_Q) - M(w_Q) + alpha eta u|          the estimator's own term, which the theorems bound
// where s are the steps that the learners made and u is the update of Q's optimizer fed with Q's gradients without q.
// With adaptive rules M is the identity and alpha 1.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/update_rule.hpp"

namespace steq {

/// The constants of one tensor.
struct StepConstants {
  double alpha = 1;        ///< the rescaling's; 1 where the rule needs none
  EstimatorBounds bounds;  ///< L-, L+ and L'
};

/// One weight's step, in weight units.
struct WeightStep {
  double q = 1;             ///< of the weight before the step
  double displacement = 0;  ///< s_Q, as the learner made it in its own precision
  double shadow = 0;        ///< eta u: u from gradients h = dL/dQ(w), or 0 where they are masked
  double rule = 0;          ///< eta v: v from gradients q h, in double; s_Q is -eta v but for rounding
  bool in_domain = true;    ///< the constants hold on the whole step
};

/// The inequalities of one tensor's optimizer.
class Theorem {
 public:
  virtual ~Theorem() = default;

  virtual std::vector<std::string> inequalities() const = 0;

  /// To be called before all else of an update; `step` is 1 for the first, `rate` its learning rate.
  virtual void begin(Step, double /*rate*/) {}
  /// The gradient h of a weight and its q, before the update. Different weights may be told at the same time.
  virtual void remember(std::size_t /*weight*/, double /*h*/, double /*q*/) {}
  /// The bounds of the own term, one for each inequality; not finite where a condition is not met. To be called once
  /// for each weight and update, in any order or at the same time.
  virtual void bound(std::size_t weight, const WeightStep& step, std::span<double> bounds) = 0;

  /// What it remembers from update to update.
  virtual void archive(Archive&) {}
};

/// For a tensor of so many weights.
std::unique_ptr<Theorem> theorem_for(const UpdateRule& rule, const StepConstants& constants, std::size_t weights);

}  // namespace steq
