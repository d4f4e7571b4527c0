// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

TEST_CASE("ewgs scales by 1 + delta sgn(g) (w - Q(w)) / spacing", "[ewgs]") {
  const auto quantizer = test::quantizer("uniform:bits=3,range=3.5");  // spacing 1
  const auto estimator = test::estimator("ewgs:delta=0.4", quantizer->grid());
  for (const double w : {-3.2, -0.7, 0.2, 1.3, 3.4})
    for (const double g : {-2.0, 0.5}) {
      const double nearest = quantizer->grid().levels[static_cast<std::size_t>(quantizer->level_of(w))];
      double gradient = g;
      estimator->backward(std::span<const double>(&w, 1), std::span<double>(&gradient, 1), BlockPlace{});
      CHECK(gradient == Approx(g * (1 + 0.4 * std::copysign(1, g) * (w - nearest))));
      CHECK(estimator->derivative(w) == 1);
    }
}

TEST_CASE("ewgs leaves a gradient of zero at zero and masks beyond the range", "[ewgs]") {
  const auto estimator = test::estimator("ewgs", "uniform:bits=2,range=1");
  std::vector<float> w{0.2f, 1.5f}, gradient{0, 3};
  estimator->backward(std::span<const float>(w), std::span<float>(gradient), BlockPlace{});
  CHECK((gradient[0] == 0 && gradient[1] == 0));
}
