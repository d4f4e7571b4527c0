// SPDX-License-Identifier: MIT
#include "theory/bounds/moment_history.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

struct Moment {
  double h, q;
};

std::vector<Moment> random_moments(int count) {
  std::vector<Moment> moments;
  for (int i = 0; i < count; ++i) moments.push_back({test::scattered(i, -2, 3), test::scattered(5 * i + 1, 0.1, 2)});
  return moments;
}

/// Sum of (1 - beta2) beta2^n f(moment of n updates ago, n).
template <class Term>
double average(const std::vector<Moment>& past, double beta2, const Term& f) {
  double sum = 0;
  for (std::size_t n = 0; n < past.size(); ++n)
    sum += (1 - beta2) * std::pow(beta2, n) * f(past[past.size() - 1 - n], static_cast<double>(n));
  return sum;
}

}  // namespace

TEST_CASE("the history's averages are those of the sums written out", "[bounds]") {
  for (const double beta2 : {0.0, 0.5, 0.95, 0.999}) {
    const std::vector<Moment> moments = random_moments(200);
    GradientHistory history;
    for (std::size_t t = 0; t < moments.size(); ++t) {
      history.add(beta2, moments[t].h, moments[t].q);
      const std::vector<Moment> past(moments.begin(), moments.begin() + static_cast<std::ptrdiff_t>(t + 1));
      const double q = past.back().q;
      CAPTURE(beta2, t);
      CHECK(history.plain_moment() == Approx(average(past, beta2, [](Moment m, double) { return m.h * m.h; })));
      CHECK(history.moment() == Approx(average(past, beta2, [](Moment m, double) { return std::pow(m.q * m.h, 2); })));
      const double spread = average(past, beta2, [&](Moment m, double) { return std::pow((m.q / q - 1) * m.h, 2); });
      CHECK(history.spread() == Approx(std::sqrt(spread)).epsilon(1e-9));
      const double aged = average(past, beta2, [](Moment m, double n) { return n * n * m.h * m.h; });
      CHECK(history.age() == Approx(std::sqrt(aged / history.plain_moment())));
      CHECK(history.spread() + 1e-12 >= std::abs(std::sqrt(history.moment()) / q - std::sqrt(history.plain_moment())));
    }
  }
}

TEST_CASE("a q that never changes has no spread, not even by rounding", "[bounds]") {
  GradientHistory history;
  CHECK(history.age() == 0);
  for (int i = 0; i < 100; ++i) history.add(0.999, std::sin(i), 0.3);
  CHECK(history.spread() == 0);
}

TEST_CASE("B and K are the sums written out, with and without bias correction", "[bounds]") {
  for (const bool corrected : {true, false})
    for (const auto& [beta1, beta2] : {std::pair(0.9, 0.95), {0.0, 0.99}, {0.9, 0.999}, {0.5, 0.5}}) {
      MomentFactors factors({beta1, beta2, 1e-8, corrected});
      const double rho = beta1 * beta1 / beta2;
      double powers = 0, aged = 0;
      for (int t = 1; t <= 100; ++t) {
        factors.advance(static_cast<Step>(t));
        powers += t == 1 ? 1 : std::pow(rho, t - 1);
        aged += std::pow(t - 1, 2) * (t == 1 ? 1 : std::pow(rho, t - 1));
        const double c1 = corrected ? 1 / (1 - std::pow(beta1, t)) : 1;
        const double c2 = corrected ? 1 / std::sqrt(1 - std::pow(beta2, t)) : 1;
        const double scale = c1 * (1 - beta1) / (c2 * std::sqrt(1 - beta2));
        CHECK(factors.second() == Approx(c2));
        CHECK(factors.update_bound() == Approx(scale * std::sqrt(powers)));
        CHECK(factors.age_bound() == Approx(scale * std::sqrt(aged)).margin(1e-300));
        if (t == 1 && corrected) CHECK(factors.update_bound() == Approx(1));
      }
    }
}

TEST_CASE("the constants of long training, as derived on paper", "[bounds]") {
  const auto settled = [](double beta1, double beta2, bool corrected) {
    MomentFactors factors({beta1, beta2, 1e-8, corrected});
    for (Step t = 1; t <= 30000; ++t) factors.advance(t);
    return std::pair(factors.update_bound(), factors.age_bound());
  };
  for (const bool corrected : {true, false}) {
    CHECK(settled(0.9, 0.95, corrected).first == Approx(1.1650).epsilon(1e-4));
    CHECK(settled(0.9, 0.95, corrected).second == Approx(9.9354).epsilon(1e-4));
    CHECK(settled(0.9, 0.999, corrected).first == Approx(7.2703).epsilon(1e-4));
    CHECK(settled(0.9, 0.999, corrected).second == Approx(46.564).epsilon(1e-4));
    CHECK(settled(0, 0.95, corrected).first == Approx(4.472).epsilon(1e-4));
    CHECK(settled(0, 0.99, corrected).first == Approx(10).epsilon(1e-4));
    CHECK(settled(0, 0.99, corrected).second == 0);
  }
}

TEST_CASE("without a first memory shorter than the second there is no B", "[bounds]") {
  for (const auto& [beta1, beta2] : {std::pair(0.9, 0.81), {0.9, 0.5}, {0.9, 0.0}, {0.0, 0.0}}) {
    MomentFactors factors({beta1, beta2, 1e-8, true});
    for (Step t = 1; t <= 5; ++t) factors.advance(t);
    CHECK_FALSE(std::isfinite(factors.update_bound()));
  }
}
