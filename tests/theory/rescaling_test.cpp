// SPDX-License-Identifier: MIT
#include "theory/rescaling.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

/// 1 / q summed by the midpoint rule, with Richardson's step to order 4; u in units of delta.
double slow_integral(const Estimator& estimator, double u) {
  const Grid& grid = estimator.grid();
  const double center = grid.thresholds[grid.thresholds.size() / 2];
  const auto midpoint_sum = [&](int n) {
    long double sum = 0;
    for (int i = 0; i < n; ++i) sum += 1 / estimator.unmasked_derivative(center + (i + 0.5) / n * u * grid.delta);
    return sum * static_cast<long double>(u) / n;
  };
  const long double coarse = midpoint_sum(8192), fine = midpoint_sum(16384);
  return static_cast<double>(fine + (fine - coarse) / 3);
}

template <class Body>
void for_all(const Body& body) {
  for (const std::string& grid : test::grid_specs())
    for (const std::string& spec : test::estimator_specs()) {
      const auto estimator = test::estimator(spec, grid);
      if (!rescaling_obstacles(*estimator).empty()) continue;
      INFO(spec << " on " << grid);
      body(*estimator);
    }
}

/// How much M or its inverse can magnify a rounding error.
double condition(const Estimator& estimator, const Rescaling& rescaling) {
  const EstimatorBounds bounds = estimator.bounds();
  const double both = std::max(bounds.upper / rescaling.alpha(), rescaling.alpha() / bounds.lower);
  return std::isfinite(both) ? both : 1e6;
}

struct Vector {
  const char* estimator;
  const char* grid;
  double w, m;
};

constexpr const char* kDeltaOne = "uniform:bits=1,range=0.5";

const Vector kVectors[] = {
    {"dsq:k=6.5", "uniform:bits=2,range=1", 0.05, 0.010581224226},
    {"dsq:k=6.5", "uniform:bits=2,range=1", 0.1, 0.023557909903},
    {"dsq:k=6.5", "uniform:bits=2,range=1", 0.2, 0.073027530341},
    {"dsq:k=6.5", "uniform:bits=2,range=1", 0.3, 0.224636668826},
    {"dsq:k=2", "uniform:bits=1,range=1", 0.1, 0.025910977031},
    {"dsq:k=2", "uniform:bits=1,range=1", 0.3, 0.086592154858},
    {"dsq:k=18", "uniform:bits=4,range=1", 0.01, 0.006168364574},
    {"dsq:k=18", "uniform:bits=4,range=1", 0.05, 0.040190152607},
    {"dsq:k=18", "uniform:bits=4,range=1", 0.1, 0.110370519497},
    {"triangular:a=1.6", kDeltaOne, 0.1, 0.058616313409},
    {"triangular:a=1.6", kDeltaOne, 0.3, 0.215624119063},
    {"cosine:a=0.6", kDeltaOne, 0.1, 0.051264693787},
    {"cosine:a=0.6", kDeltaOne, 0.3, 0.191863317248},
    {"power:o=3", kDeltaOne, 0.1, 0.034199518934},
};

/// A test double: 4 near the threshold, `far` beyond u = 1/4; no closed form.
class TwoLevel : public Estimator {
 public:
  explicit TwoLevel(double far, EstimatorTraits traits = {}) : far_(far), traits_(traits) {}
  const Grid& grid() const override { return grid_; }
  EstimatorTraits traits() const override { return traits_; }
  EstimatorBounds bounds() const override { return {far_, 4, kInfinity}; }
  double derivative(double w) const override { return unmasked_derivative(w); }
  double surrogate(double) const override { return 0; }
  double unmasked_derivative(double w) const override {
    const double u = w - std::floor(w) - 0.5;
    return std::abs(u) < 0.25 ? 4 : far_;
  }
  std::optional<double> reciprocal_integral(double) const override { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const override { return std::nullopt; }
  ExpressionText expression() const override { return {}; }
  std::vector<double> kinks() const override {
    if (traits_.periodic) return {0.25};
    return {-1.25, -0.75, -0.25, 0.25, 0.75, 1.25};
  }
  const Gate& gate() const override { return gate_; }
  void multiply(std::span<const float>, std::span<float>, const BlockPlace&) const override {}
  void multiply(std::span<const double>, std::span<double>, const BlockPlace&) const override {}

 private:
  double far_;
  EstimatorTraits traits_;
  Gate gate_;
  Grid grid_{.levels = {-1, 0, 1}, .thresholds = {-0.5, 0.5}, .range = 1, .delta = 1};
};

}  // namespace

TEST_CASE("M has the published values, by closed form and by quadrature", "[rescaling]") {
  for (const Vector& v : kVectors)
    for (const Route route : {Route::closed_form, Route::quadrature}) {
      INFO(v.estimator << " at " << v.w);
      const auto estimator = test::estimator(v.estimator, v.grid);
      const Rescaling rescaling(*estimator, route);
      CHECK(rescaling.map(v.w) == Approx(v.m).epsilon(0).margin(1e-12));
      CHECK(rescaling.map(-v.w) == Approx(-v.m).epsilon(0).margin(1e-12));
      CHECK(rescaling.inverse(v.m) == Approx(v.w).epsilon(0).margin(1e-11));
    }
}

TEST_CASE("alpha has the published values on every range", "[rescaling]") {
  for (const char* range : {"1", "0.144", "30"}) {
    const auto alpha = [&](const char* spec, int bits) {
      return Rescaling(*test::estimator(spec, fmt::format("uniform:bits={},range={}", bits, range))).alpha();
    };
    CHECK(alpha("dsq:k=2", 1) == Approx(0.530428).epsilon(0).margin(1e-6));
    CHECK(alpha("dsq:k=6.5", 2) == Approx(0.454376).epsilon(0).margin(1e-6));
    CHECK(alpha("dsq:k=18", 4) == Approx(0.878354).epsilon(0).margin(1e-6));
    CHECK(alpha("triangular:a=1.6", 3) == Approx(1.2 / std::log(4.0)).epsilon(1e-14));
    CHECK(alpha("triangular:a=0.4", 3) == Approx(1.2 / std::log(4.0)).epsilon(1e-14));
    CHECK(alpha("cosine:a=0.6", 2) == Approx(0.8).epsilon(1e-14));
    CHECK(alpha("ste", 2) == 1);
    CHECK(alpha("triangular:a=1", 2) == 1);
    CHECK(alpha("cosine:a=0", 2) == Approx(1).epsilon(1e-15));
  }
}

TEST_CASE("closed form, quadrature and a slow sum agree", "[rescaling]") {
  for (const char* grid : {"uniform:bits=1,range=1", "uniform:bits=4,range=0.3"})
    for (const std::string& spec : test::estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      if (!rescaling_obstacles(*estimator).empty()) continue;
      // A pole of 1/q at the threshold drowns in that threshold's rounding.
      if (estimator->unmasked_derivative(estimator->grid().thresholds[0]) < 1e-3) continue;
      const Rescaling closed(*estimator), numeric(*estimator, Route::quadrature);
      CHECK(numeric.alpha() == Approx(closed.alpha()).epsilon(1e-12));
      const double total = slow_integral(*estimator, 0.5), delta = estimator->grid().delta;
      const bool periodic = estimator->traits().periodic;
      const bool gentle = periodic && estimator->bounds().lipschitz * delta <
                                          60 * estimator->bounds().lower;  // or the sum is not exact
      if (gentle) CHECK(closed.alpha() == Approx(0.5 / total).epsilon(1e-12));
      const double center = estimator->grid().thresholds.front();
      for (const double u : {0.01, 0.1, 0.25, 0.4, 0.49}) {
        const double m = closed.map(center + u * delta) - center;
        CHECK(numeric.map(center + u * delta) - center == Approx(m).epsilon(0).margin(1e-12 * delta));
        if (gentle) CHECK(m / delta == Approx(slow_integral(*estimator, u) * 0.5 / total).epsilon(0).margin(1e-12));
      }
    }
}

TEST_CASE("M fixes thresholds exactly, and levels", "[rescaling]") {
  for_all([](const Estimator& estimator) {
    const Grid& grid = estimator.grid();
    const Rescaling rescaling(estimator);
    for (const double threshold : grid.thresholds) {
      CHECK(rescaling.map(threshold) == threshold);
      CHECK(rescaling.inverse(threshold) == threshold);
    }
    if (!rescaling.fixes_levels()) return;
    const double margin = 1e-15 * grid.range * (1 + condition(estimator, rescaling));
    for (const double level : grid.levels) CHECK(rescaling.map(level) == Approx(level).epsilon(0).margin(margin));
    CHECK(std::abs(rescaling.map(grid.range)) <= grid.range);
    CHECK(std::abs(rescaling.map(-grid.range)) <= grid.range);
  });
}

TEST_CASE("M keeps every weight at its level", "[rescaling]") {
  for (const std::string& grid : test::grid_specs())
    for (const std::string& spec : test::estimator_specs()) {
      const auto quantizer = test::quantizer(grid);
      const auto estimator = test::estimator(spec, quantizer->grid());
      const auto rescaling = rescaling_of(*estimator);
      if (!rescaling) continue;
      INFO(spec << " on " << grid);
      for (int i = 0; i < 200; ++i) {
        const double w = test::scattered(i, -1.2, 1.2) * quantizer->grid().range, m = rescaling->map(w);
        double nearest = 1;
        for (const double threshold : quantizer->grid().thresholds)
          nearest = std::min(nearest, std::abs(m - threshold));
        if (nearest > 1e-14) CHECK(quantizer->level_of(m) == quantizer->level_of(w));
      }
    }
}

TEST_CASE("M increases, also across levels, and is inverted by its inverse", "[rescaling]") {
  for_all([](const Estimator& estimator) {
    const double range = estimator.grid().range;
    const Rescaling rescaling(estimator);
    const double slope = condition(estimator, rescaling);
    double before = -kInfinity;
    const bool quick = estimator.reciprocal_integral(0.1) || estimator.reciprocal_rise(0.1);
    for (int i = -650; i <= 650; i += quick ? 1 : 65) {
      const double w = i / 500.0 * range, m = rescaling.map(w);
      CHECK(m > before);
      before = m;
      if (slope < 1e3) CHECK(rescaling.inverse(m) == Approx(w).epsilon(0).margin(1e-15 * range * (4 + 4 * slope)));
    }
  });
}

TEST_CASE("the published settings are inverted to 1e-14", "[rescaling]") {
  for (const char* spec : {"dsq:k=6.5", "triangular", "cosine", "ste"}) {
    const auto estimator = test::estimator(spec, "uniform:bits=2,range=1");
    const Rescaling rescaling(*estimator);
    for (int i = 0; i < 300; ++i) {
      const double w = test::scattered(i, -1.5, 1.5);
      CHECK(rescaling.inverse(rescaling.map(w)) == Approx(w).epsilon(0).margin(1e-14));
      CHECK(rescaling.map(rescaling.inverse(w)) == Approx(w).epsilon(0).margin(1e-14));
    }
  }
}

TEST_CASE("M' is alpha / q", "[rescaling]") {
  const auto estimator = test::estimator("dsq:k=6.5", "uniform:bits=2,range=1");
  const Rescaling rescaling(*estimator);
  for (const double w : {-0.9, -0.5, 0.02, 0.2, 0.55, 1.4}) {
    const double slope = (rescaling.map(w + 1e-6) - rescaling.map(w - 1e-6)) / 2e-6;
    CHECK(slope == Approx(rescaling.alpha() / estimator->unmasked_derivative(w)).epsilon(1e-8));
  }
}

TEST_CASE("M goes on periodically outside the range and leaves infinities and NaN alone", "[rescaling]") {
  const auto estimator = test::estimator("dsq", "uniform:bits=2,range=1");
  const Rescaling rescaling(*estimator);
  const double delta = estimator->grid().delta;
  CHECK(rescaling.map(0.9 + delta) == Approx(rescaling.map(0.9) + delta).epsilon(1e-14));
  CHECK(rescaling.map(-0.7 - 4 * delta) == Approx(rescaling.map(-0.7) - 4 * delta).epsilon(1e-14));
  CHECK(std::isnan(rescaling.map(std::nan(""))));
  CHECK(rescaling.map(-INFINITY) == -INFINITY);
  CHECK(rescaling.inverse(INFINITY) == INFINITY);
}

TEST_CASE("quadrature serves an estimator without closed form and with a jump", "[rescaling]") {
  const TwoLevel estimator(0.5);
  const Rescaling rescaling(estimator);
  CHECK(rescaling.alpha() == Approx(1 / (0.5 / 4 + 0.5 / 0.5)).epsilon(1e-14));
  CHECK(rescaling.map(0.5 + 0.25) == Approx(0.5 + 0.5 / 9).epsilon(1e-14));
  CHECK(rescaling.inverse(0.5 + 0.5 / 9) == Approx(0.75).epsilon(1e-13));
  CHECK(rescaling.inverse(0.5 - 2.5 / 9) == Approx(0.5 - 0.375).epsilon(1e-13));
}

TEST_CASE("where there is no rescaling, the obstacles are named", "[rescaling]") {
  const auto only = [](const Estimator& estimator) {
    const std::vector<std::string> obstacles = rescaling_obstacles(estimator);
    CHECK_FALSE(rescaling_of(estimator).has_value());
    CHECK_THROWS_AS(Rescaling(estimator), DomainError);
    return obstacles.size() == 1 ? obstacles[0] : "";
  };
  CHECK(only(TwoLevel(0)) == "the integral of 1/q over a bin diverges or is too large for double precision");
  CHECK(only(TwoLevel(0, {.positive = false})) == "q is not positive, or underflows to 0");
  CHECK(only(TwoLevel(1, {.sign_dependent = true})) == "q depends on the gradient's sign");
  CHECK(only(TwoLevel(1, {.noisy = true})) == "q is drawn at random");
  CHECK(only(*test::estimator("dsq:k=1000", "sign")) == "q is not positive, or underflows to 0");
  CHECK(only(*test::estimator("dsq:k=365", "sign")) ==
        "the integral of 1/q over a bin diverges or is too large for double precision");
  CHECK(rescaling_of(*test::estimator("dsq:k=340", "sign")).has_value());
}

TEST_CASE("alpha of a steep dsq follows its asymptote", "[rescaling]") {
  for (const double e : {20.0, 100.0, 300.0}) {
    const auto estimator = test::estimator(fmt::format("dsq:k={}", e), "sign:range=1");
    CHECK(Rescaling(*estimator).alpha() == Approx(8 * e * e * std::exp(-2 * e)).epsilon(1e-12));
  }
}

TEST_CASE("1/q with a pole at the threshold that can be integrated: M' is alpha / q", "[rescaling]") {
  const auto estimator = test::estimator("power:o=0.7", "uniform:bits=2,range=1.5");  // delta = 1
  const Rescaling rescaling(*estimator);
  CHECK(rescaling.alpha() == Approx(0.4 / 0.49).epsilon(1e-14));
  for (const double w : {-0.9, -0.4, 0.02, 0.2, 0.45, 1.4}) {
    const double slope = (rescaling.map(w + 1e-7) - rescaling.map(w - 1e-7)) / 2e-7;
    CHECK(slope == Approx(rescaling.alpha() / estimator->unmasked_derivative(w)).epsilon(1e-6));
  }
}

TEST_CASE("bin by bin or by the period: the same alpha and M", "[rescaling]") {
  const TwoLevel periodic(0.5), general(0.5, {.periodic = false});
  const Rescaling one(periodic), other(general);
  CHECK(other.alpha() == Approx(one.alpha()).epsilon(1e-14));
  for (const double w : {-1.0, -0.7, -0.5, -0.1, 0.0, 0.3, 0.74, 0.8, 1.0}) {
    CHECK(other.map(w) == Approx(one.map(w)).epsilon(0).margin(1e-14));
    CHECK(other.inverse(one.map(w)) == Approx(w).epsilon(0).margin(1e-13));
  }
}
