// SPDX-License-Identifier: MIT
// The assumptions under which theory promises that a learner trains like its STE counterpart, as a program: each one
// looks at a situation and says whether it holds, how that is known, what it means and what to do.
#pragma once

#include "sim/optimizers/optimizer.hpp"
#include "theory/shape_bounds.hpp"

namespace steq {

/// What a run left behind, of one tensor of the learner; nothing where it was not measured.
struct Measurements {
  std::optional<double> largest_gradient = {};     ///< |dL/dQ(w)|, before the estimator
  std::optional<double> largest_step = {};         ///< |w(t+1) - w(t)|, in weight units
  std::optional<double> dead_share = {};           ///< of weights beyond the reach, at the end
  std::optional<double> mask_mismatch_share = {};  ///< of weights masked in one learner of the pair only, at the end
  std::optional<double> small_moment_share = {};   ///< of weights with sqrt(v) below 100 epsilon, at the end
};

/// A learner on one grid. Keeps a reference to the estimator, which must outlive it.
struct Situation {
  Situation(const Estimator& its_estimator, const UpdateRule& its_rule, const GradientOptions& its_options = {});
  Situation(const Estimator& its_estimator, const Optimizer& optimizer)
      : Situation(its_estimator, optimizer.rule(), optimizer.options()) {}

  const Estimator& estimator;
  UpdateRule rule;
  GradientOptions options;
  ShapeBounds bounds;
  std::optional<double> learning_rate = {};  ///< the peak
  std::optional<double> partner_reach = {};  ///< of its counterpart, in the STE's coordinates; nothing: any STE
  Measurements measured = {};

  template <class Rule>
  bool follows() const {
    return std::holds_alternative<Rule>(rule);
  }
  /// q = 1 everywhere: the learner is an STE learner, and nothing has to be assumed about decay or clipping.
  bool straight_through() const;
};

enum class Evidence { proved, sampled, measured };
std::string to_text(Evidence evidence);

struct Finding {
  std::string name = {};             ///< of the assumption
  bool required = true;              ///< by theory, for this rule
  bool of_class = false;             ///< about q alone: it belongs to what "in the class" means
  std::optional<bool> holds = {};    ///< nothing where it is not known
  Evidence how = Evidence::proved;   ///< or how it could be known
  std::optional<double> value = {};  ///< the number that decides; finite
  std::string where = {};            ///< the place of the extreme or counterexample; may be empty
  std::string finding = {};          ///< what was found, with the number
  std::string meaning = {};          ///< what that means
  std::string advice = {};           ///< what to do
};

/// `info.summary` says what is assumed; `make(situation)` is the finding (its name is left to assess()).
using AssumptionRegistry = Registry<Finding(const Situation&)>;
const AssumptionRegistry& assumption_registry();

/// Every assumption, in the registry's order.
std::vector<Finding> assess(const Situation& situation);

/// True where every required assumption holds or is not known.
bool equivalent(const std::vector<Finding>& findings);

/// What keeps the estimator out of the class of arXiv:2405.05171, whatever the optimizer: the assumptions about q alone
/// that fail. In the class q is positive, bounded and Lipschitz continuous on [-W, W], a function of the weight, and has
/// the same harmonic mean in all finite bins.
std::vector<Finding> class_failures(const Situation& situation);

/// For findings: nothing for an infinite number.
std::optional<double> finite(double number);
/// "w = 0.25"
std::string at_weight(double w);
/// ", nearest to that at w = 0.25", or ", as declared" where no value comes near the bound.
std::string reached_at(const ShapeBound& bound);

/// At most this share of the weights may be an exception.
inline constexpr double kAllowedExceptions = 0.01;

}  // namespace steq
