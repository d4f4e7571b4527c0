// SPDX-License-Identifier: MIT
// Closed forms that estimators give as text, evaluated as a reader would.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "sim/estimators/expression.hpp"
#include "tests/recipes.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

TEST_CASE("the closed forms in text are alpha and M", "[closed_form]") {
  std::set<std::string> names;
  for (const std::string& grid : test::grid_specs())
    for (const std::string& spec : test::estimator_specs()) {
      const auto estimator = test::estimator(spec, grid);
      const auto form = estimator->closed_form();
      const auto rescaling = rescaling_of(*estimator);
      if (!form || !rescaling) continue;
      INFO(spec << " on " << grid);
      names.insert(parse_spec(spec, "").name);
      CHECK(Expression(form->alpha, form->symbols)({}) == Approx(rescaling->alpha()).epsilon(1e-12));
      const Expression map(form->map, form->symbols);
      const double delta = estimator->grid().delta;
      const double threshold = estimator->grid().thresholds[estimator->grid().thresholds.size() / 2];
      for (int i = 0; i < 100; ++i) {
        const double u = test::scattered(i, 0, 0.5);
        CHECK(map({.u = u}) == Approx((rescaling->map(threshold + u * delta) - threshold) / delta).epsilon(0).margin(1e-12));
      }
      CHECK(map({.u = 0}) == 0);
      if (rescaling->fixes_levels()) CHECK(map({.u = 0.5}) == Approx(0.5).epsilon(1e-12));
    }
  for (const char* name : {"approx-sign", "cosine", "dsq", "piecewise-linear", "power", "ste", "triangular"})
    CHECK(names.contains(name));
}

TEST_CASE("a formula has the alpha and M of the built-in estimator that it spells out", "[closed_form]") {
  const std::pair<const char*, const char*> pairs[] = {
      {"formula:q=1+0.6*cos(2*pi*u)", "cosine:a=0.6"},
      {"formula:q=1-0.6*cos(2*pi*u),from=level", "cosine:a=0.6"},
      {"formula:q=1.6-2.4*abs(u)", "triangular:a=1.6"},
      {"formula:q=0.4+2.4*abs(u),from=level", "triangular:a=1.6"},
      {"formula:q=2.5/tanh(2.5)/cosh(5*u)^2", "dsq:k=7.5"},
      {"formula:q=abs(u)<0.1?2:abs(u)<0.3?1:0.5", "piecewise-linear:knots=0.1:2;0.3:1"},
      {"formula:q=7", "ste"}};
  for (const auto& [formula, spec] : pairs) {
    INFO(formula);
    const auto own = test::estimator(formula, "uniform:bits=2,range=1.5"),
               built_in = test::estimator(spec, "uniform:bits=2,range=1.5");
    const Rescaling one(*own), other(*built_in);
    const double scale = std::string(spec) == "ste" ? 7 : 1;
    CHECK(one.alpha() == Approx(scale * other.alpha()).epsilon(1e-12));
    for (int i = 0; i < 100; ++i) {
      const double w = test::scattered(i, -1.7, 1.7);
      CHECK(one.map(w) == Approx(other.map(w)).epsilon(0).margin(1e-12));
    }
  }
}
