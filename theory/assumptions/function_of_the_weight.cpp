// SPDX-License-Identifier: MIT
#include <cmath>

#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

/// What multiplies a gradient at w under these circumstances.
double factor(const Estimator& estimator, double w, double gradient, const BlockPlace& place) {
  double result = gradient;
  estimator.backward(std::span<const double>(&w, 1), std::span<double>(&result, 1), place);
  return result / gradient;
}

/// Two circumstances that ought to make no difference, and the word for what differs between them.
struct Trial {
  const char* word;
  double gradient;
  BlockPlace place;
};

const std::vector<Trial>& trials() {
  static const std::vector<Trial> all{{"the gradient's sign", -1, {.magnitude = 1}},
                                      {"the gradient's size", 3, {.magnitude = 1}},
                                      {"random draws", 1, {.step = 1, .magnitude = 1}},
                                      {"the other weights of the layer", 1, {.magnitude = 2}}};
  return all;
}

/// A weight at which the trial's factor is another than the usual one.
std::optional<double> counterexample(const Estimator& estimator, const Trial& trial) {
  constexpr int kWeights = 101;
  for (int i = 0; i < kWeights; ++i) {
    const double w = estimator.grid().range * (2 * (i + 0.382) / kWeights - 1);
    const double usual = factor(estimator, w, 1, {.magnitude = 1});
    if (std::abs(factor(estimator, w, trial.gradient, trial.place) - usual) > 1e-12 * std::abs(usual)) return w;
  }
  return std::nullopt;
}

Finding refuted(const Situation& s, const Trial& trial, double w, Finding f) {
  const double usual = factor(s.estimator, w, 1, {.magnitude = 1});
  const double other = factor(s.estimator, w, trial.gradient, trial.place);
  f.holds = false;
  f.value = std::abs(other - usual);
  f.where = at_weight(w);
  f.finding = fmt::format("the factor at {} depends on {}: {:.6g} or {:.6g}", f.where, trial.word, usual, other);
  f.meaning =
      "no map M of the weights alone can follow that; what averages out of the gradients does not average out "
      "of the steps";
  f.advice = "use it as a negative control; for an equivalent, choose an estimator that is a function of the weight";
  return f;
}

Finding assess_function(const Situation& s) {
  const bool by_construction = s.bounds.enclosed;
  Finding f{
      .required = !s.follows<SignRule>(), .holds = true, .how = by_construction ? Evidence::proved : Evidence::sampled};
  if (!by_construction)
    for (const Trial& trial : trials())
      if (const auto w = counterexample(s.estimator, trial)) return refuted(s, trial, *w, f);
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
