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

TEST_CASE("ewgs in units of the range is 2^bits - 1 times as weak as in units of the bin", "[ewgs]") {
  for (const int bits : {1, 2, 4, 8}) {
    const std::string grid = fmt::format("uniform:bits={},range=0.3", bits);
    const auto range = test::estimator("ewgs:unit=range,delta=0.6", grid);
    const auto bin = test::estimator(fmt::format("ewgs:unit=bin,delta={}", 0.6 / ((1 << bits) - 1)), grid);
    for (int i = 0; i < 50; ++i) {
      const double w = test::scattered(i, -0.3, 0.3);
      std::vector<double> weights{w, w}, one{1, -1}, other{1, -1};
      range->backward(std::span<const double>(weights), std::span<double>(one), BlockPlace{});
      bin->backward(std::span<const double>(weights), std::span<double>(other), BlockPlace{});
      CHECK(one[0] == Approx(other[0]).epsilon(1e-15));
      CHECK(one[1] == Approx(other[1]).epsilon(1e-15));
    }
  }
  CHECK_THROWS_WITH(test::estimator("ewgs:unit=bit", "sign"),
                    "estimator.unit: \"bit\" is not allowed; allowed: \"bin\" or \"range\"");
}

TEST_CASE("ewgs leaves a gradient of zero at zero and masks beyond the range", "[ewgs]") {
  const auto estimator = test::estimator("ewgs", "uniform:bits=2,range=1");
  std::vector<float> w{0.2f, 1.5f}, gradient{0, 3};
  estimator->backward(std::span<const float>(w), std::span<float>(gradient), BlockPlace{});
  CHECK((gradient[0] == 0 && gradient[1] == 0));
}
