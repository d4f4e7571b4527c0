// SPDX-License-Identifier: MIT
#include "theory/order_fit.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "sim/core/errors.hpp"
#include "sim/core/sums.hpp"

namespace steq {
namespace {

template <class Term>
double sum(const std::vector<OrderPoint>& points, const Term& term) {
  return pairwise_sum(0, points.size(), [&](std::size_t i) { return term(points[i]); });
}

void check(const std::vector<OrderPoint>& points) {
  if (points.size() < 3) throw DomainError("an order needs at least three points");
  for (const OrderPoint& point : points)
    if (!(point.rate > 0 && point.error > 0)) throw DomainError("an order needs rates and errors above 0");
}

}  // namespace

OrderFit fit_order(const std::vector<OrderPoint>& points) {
  check(points);
  const auto n = static_cast<double>(points.size());
  const double x0 = sum(points, [](const OrderPoint& p) { return std::log(p.rate); }) / n;
  const double y0 = sum(points, [](const OrderPoint& p) { return std::log(p.error); }) / n;
  const auto x = [&](const OrderPoint& p) { return std::log(p.rate) - x0; };
  const auto y = [&](const OrderPoint& p) { return std::log(p.error) - y0; };
  const double xx = sum(points, [&](const OrderPoint& p) { return x(p) * x(p); });
  if (!(xx > 1e-12)) throw DomainError("an order needs at least two different rates");
  const double slope = sum(points, [&](const OrderPoint& p) { return x(p) * y(p); }) / xx;
  const double residual = sum(points, [&](const OrderPoint& p) { return std::pow(y(p) - slope * x(p), 2); });
  const double t = boost::math::quantile(boost::math::students_t(n - 2), 0.975);
  const double margin = t * std::sqrt(residual / (n - 2) / xx);
  return {slope, slope - margin, slope + margin, std::exp(y0 - slope * x0)};
}

}  // namespace steq
