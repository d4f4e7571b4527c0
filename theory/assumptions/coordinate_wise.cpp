// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

namespace steq::assumptions {
namespace {

Finding assess_coordinate_wise(const Situation& s) {
  const double limit = s.options.clip_norm;
  Finding f{.holds = true, .value = finite(limit), .advice = "nothing to do"};
  if (limit == 0) {
    f.finding = "each weight's update depends on its own gradients alone";
    f.meaning = "the factor q(w) of one weight reaches no other weight";
  } else if (s.follows<SignRule>() || s.straight_through()) {
    f.finding = fmt::format("gradients are scaled to a norm of {:.6g}, which makes no difference here", limit);
    f.meaning = s.follows<SignRule>() ? "a common factor leaves every sign as it is" : "q = 1: both norms are the same";
  } else {
    f.holds = false;
    f.finding = fmt::format("gradients are scaled to a norm of {:.6g} over all weights", limit);
    f.meaning =
        "the norm contains q of every weight, so that the two learners are scaled by different factors, at "
        "first order in the learning rate";
    f.advice = "set clip_norm to 0, or so high that it never acts";
  }
  return f;
}

}  // namespace

AssumptionRegistry::Entry coordinate_wise() {
  return {{.name = "coordinate-wise",
           .summary = "The optimizer treats every weight by itself: no clipping to a norm over several weights.",
           .formula = "",
           .citation = "",
           .parameters = {}},
          assess_coordinate_wise};
}

}  // namespace steq::assumptions
