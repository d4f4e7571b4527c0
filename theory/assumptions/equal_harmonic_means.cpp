// SPDX-License-Identifier: MIT
#include <algorithm>

#include "theory/assumptions/assumption.hpp"
#include "theory/finite_bins.hpp"
#include "theory/reasons.hpp"
#include "theory/rescaling.hpp"

namespace steq::assumptions {
namespace {

/// Nothing to compare: one threshold, or the same shape in every bin.
Finding by_construction(const Situation& s, Finding f) {
  f.holds = true;
  f.value = 0;
  f.advice = "nothing to do";
  if (s.estimator.grid().thresholds.size() == 1) {
    f.finding = "one threshold, so that no bin is finite";
    f.meaning = "any alpha keeps the threshold where it is";
  } else {
    f.finding = "q has the same shape in every bin";
    f.meaning = "one alpha serves all bins, so that M keeps every threshold where it is";
  }
  return f;
}

Finding without_alpha(const std::string& obstacle, Finding f) {
  f.holds = false;
  f.finding = obstacle;
  f.meaning = "a weight would take for ever to cross the bin; no STE does that, at any learning rate";
  f.advice = "keep q away from 0 inside the finite bins";
  return f;
}

Finding compared(const std::vector<double>& means, Finding f) {
  const auto [least, most] = std::minmax_element(means.begin(), means.end());
  const double spread = (*most - *least) / *most;
  f.how = Evidence::sampled;
  const std::string uneven = uneven_means(means);
  f.holds = uneven.empty();
  f.value = spread;
  f.where = fmt::format("bins {} and {} between thresholds", least - means.begin() + 1, most - means.begin() + 1);
  f.finding = *f.holds ? fmt::format("alpha is {:.6g} in all finite bins", *least)
                       : fmt::format("{}, a relative spread of {:.3g} ({})", uneven, spread, f.where);
  f.meaning = *f.holds ? "one alpha serves all bins, so that M keeps every threshold where it is"
                       : "no single learning rate makes the STE as fast in every bin; M would move thresholds";
  f.advice = *f.holds ? "nothing to do"
                      : "use an estimator with the same harmonic mean in all finite bins, or an adaptive optimizer";
  return f;
}

Finding assess_harmonic_means(const Situation& s) {
  Finding f{.required = s.follows<HeavyBall>(), .of_class = true};
  const EstimatorTraits traits = s.estimator.traits();
  if (traits.periodic || s.estimator.grid().thresholds.size() == 1) {
    const bool known = traits.positive && influences_beside_the_weight(traits).empty();
    const std::vector<std::string> obstacles = known ? rescaling_obstacles(s.estimator) : std::vector<std::string>{};
    return obstacles.empty() ? by_construction(s, f) : without_alpha(obstacles.front(), f);
  }
  const std::vector<double> means = harmonic_means(s.estimator, Route::closed_form);
  if (std::ranges::any_of(means, [](double mean) { return !(mean > 0); })) {
    f.how = Evidence::sampled;
    return without_alpha("the integral of 1/q over a bin does not exist", f);
  }
  return compared(means, f);
}

}  // namespace

AssumptionRegistry::Entry equal_harmonic_means() {
  return {{.name = "equal-harmonic-means",
           .summary = "The harmonic mean of q, alpha, is the same in all finite bins; being cyclic is enough for that.",
           .formula = "alpha = width / integral of dw / q(w) over a bin; value: the relative spread over bins",
           .citation = "Schoenbauer et al., arXiv:2405.05171, definition of alpha and M",
           .parameters = {}},
          assess_harmonic_means};
}

}  // namespace steq::assumptions
