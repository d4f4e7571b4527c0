// SPDX-License-Identifier: MIT
// The estimator that docs/adding-an-estimator.md adds: the text is the file, and the file compiles and is right.
#include <catch2/catch.hpp>
#include <cmath>

#include "docs/examples/parabolic.cpp"
#include "sim/estimators/expression.hpp"
#include "tests/docs/markdown.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/recipes.hpp"
#include "theory/assumptions/equivalence.hpp"

using namespace steq;

namespace {

std::unique_ptr<Estimator> parabolic(double a, const Grid& grid) {
  const EstimatorRegistry::Entry entry = estimators::parabolic();
  return entry.make(resolve(entry.info.parameters, {{"a", Value(a)}}, "estimator"), grid);
}

}  // namespace

TEST_CASE("The estimator in the text is the file beside it") {
  const std::filesystem::path docs = std::filesystem::path(STEQ_SOURCE_DIR) / "docs";
  std::string shown;
  for (const testing::Block& block : testing::read_document(docs / "adding-an-estimator.md").blocks)
    for (const std::string& line : block.lines)
      if (block.language == "cpp") shown += line + "\n";
  CHECK(shown == testing::get(docs / "examples" / "parabolic.cpp"));
}

TEST_CASE("The estimator in the text is its formula, and has the alpha of its integral") {
  const auto quantizer = test::quantizer("uniform:bits=2,range=1");
  for (const double a : {-0.7, 0.1, 0.3, 0.49}) {
    const auto estimator = parabolic(a, quantizer->grid());
    const Expression written(estimator->expression().text, estimator->expression().symbols);
    for (double w = -0.999; w < 1; w += 0.037) {
      const double u = std::remainder(w, 2.0 / 3);  // thresholds at -2/3, 0, 2/3
      const double q = 1 + a * (1 - 27 * u * u);    // 12 (u / delta)^2, delta = 2/3
      CHECK(estimator->derivative(w) == Approx(q));
      CHECK(written({.u = u * 1.5}) == Approx(q));
      CHECK((q >= estimator->bounds().lower && q <= estimator->bounds().upper));
      const double h = 1e-6;
      CHECK((estimator->surrogate(w + h) - estimator->surrogate(w - h)) / (2 * h) == Approx(q).margin(1e-4));
    }
    const double c = 12 * a / (1 + a), s = std::sqrt(std::abs(c));  // the integral of 1 / q over half a bin
    const double half = (a > 0 ? std::atanh(s / 2) : std::atan(s / 2)) / (s * (1 + a));
    CHECK(equivalence_of(*estimator, HeavyBall{}).alpha.value() == Approx(0.5 / half).epsilon(1e-9));
  }
}
