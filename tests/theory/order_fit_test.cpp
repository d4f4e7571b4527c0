// SPDX-License-Identifier: MIT
#include "theory/order_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/core/errors.hpp"

using namespace steq;

TEST_CASE("a power law is fitted exactly", "[orders]") {
  std::vector<OrderPoint> points;
  for (const double rate : {0.1, 0.05, 0.025, 0.01}) points.push_back({rate, 3 * std::pow(rate, 1.5)});
  const OrderFit fit = fit_order(points);
  CHECK(fit.order == Approx(1.5));
  CHECK(fit.factor == Approx(3));
  CHECK(fit.low == Approx(1.5).margin(1e-6));
  CHECK(fit.high == Approx(1.5).margin(1e-6));
}

TEST_CASE("the interval is that of the textbook", "[orders]") {
  // x = 0, 1, 2 and y = 0, 1, 3: slope 3/2, residual 1/6, standard error sqrt(1/12), t(0.975, 1) = 12.7062047
  const OrderFit fit = fit_order({{1, 1}, {std::exp(1), std::exp(1)}, {std::exp(2), std::exp(3)}});
  CHECK(fit.order == Approx(1.5));
  CHECK(fit.high - fit.order == Approx(12.7062047362 * std::sqrt(1.0 / 12)));
  CHECK(fit.order - fit.low == Approx(fit.high - fit.order));
}

TEST_CASE("what cannot be fitted is refused", "[orders]") {
  CHECK_THROWS_AS(fit_order({{1, 1}, {2, 2}}), DomainError);
  CHECK_THROWS_AS(fit_order({{1, 1}, {1, 2}, {1, 3}}), DomainError);
  CHECK_THROWS_AS(fit_order({{1, 1}, {2, 0}, {3, 3}}), DomainError);
}
