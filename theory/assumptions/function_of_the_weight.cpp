// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"
#include "theory/estimator_facts.hpp"
#include "theory/reasons.hpp"

namespace steq::assumptions {
namespace {

/// Circumstances that ought to make no difference, and the sentence for a factor that they change.
struct Trial {
  std::string sentence;
  double gradient;
  Circumstances at;
};

const std::vector<Trial>& trials() {
  const auto sentence = [](const EstimatorTraits& traits) { return influences_beside_the_weight(traits).front(); };
  static const std::vector<Trial> all{{sentence({.sign_dependent = true}), -1, {.magnitude = 1}},
                                      {"q depends on the gradient's size", 3, {.magnitude = 1}},
                                      {sentence({.noisy = true}), 1, {.step = 1, .magnitude = 1}},
                                      {sentence({.layer_wide = true}), 1, {.magnitude = 2}}};
  return all;
}

/// A weight at which the trial's factor is another than the usual one.
std::optional<double> counterexample(const Estimator& estimator, const Trial& trial) {
  constexpr int kWeights = 101;
  for (int i = 0; i < kWeights; ++i) {
    const double w = estimator.grid().range * (2 * (i + 0.382) / kWeights - 1);
    const double usual = gradient_factor(estimator, w, 1, {.magnitude = 1});
    if (std::abs(gradient_factor(estimator, w, trial.gradient, trial.at) - usual) > 1e-12 * std::abs(usual)) return w;
  }
  return std::nullopt;
}

Finding refuted(Finding f) {
  f.holds = false;
  f.meaning =
      "no map M of the weights alone can follow that; what averages out of the gradients does not average out "
      "of the steps";
  f.advice = "use it as a negative control; for an equivalent, choose an estimator that is a function of the weight";
  return f;
}

Finding refuted_by(const Situation& s, const Trial& trial, double w, Finding f) {
  const double usual = gradient_factor(s.estimator, w, 1, {.magnitude = 1});
  const double other = gradient_factor(s.estimator, w, trial.gradient, trial.at);
  f.value = std::abs(other - usual);
  f.where = at_weight(w);
  f.finding = fmt::format("{}; the factor at {} is {:.6g} or {:.6g}", trial.sentence, f.where, usual, other);
  return refuted(std::move(f));
}

Finding assess_function(const Situation& s) {
  const bool by_construction = s.bounds.enclosed;
  Finding f{.required = !s.follows<SignRule>(),
            .of_class = true,
            .holds = true,
            .how = by_construction ? Evidence::proved : Evidence::sampled};
  if (!by_construction)
    for (const Trial& trial : trials())
      if (const auto w = counterexample(s.estimator, trial)) return refuted_by(s, trial, *w, f);
  if (const std::vector<std::string> declared = influences_beside_the_weight(s.estimator.traits()); !declared.empty()) {
    f.finding = declared.front() + ", at fewer weights than were tried";
    return refuted(f);
  }
  f.finding = "q depends on the weight and on nothing else";
  f.meaning = "the learner follows one curve Q-hat, which M can straighten";
  f.advice = "nothing to do";
  return f;
}

}  // namespace

AssumptionRegistry::Entry function_of_the_weight() {
  return {{.name = "function-of-the-weight",
           .summary = "q depends on the weight alone: not on the gradient's sign, not on noise, not on other weights.",
           .formula = "the gradient's factor is q(w)",
           .citation = "Schoenbauer et al., arXiv:2405.05171, assumptions",
           .parameters = {}},
          assess_function};
}

}  // namespace steq::assumptions
