// SPDX-License-Identifier: MIT
// alpha and M of single estimators, against their published or hand-made values.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/recipes.hpp"
#include "theory/rescaling.hpp"

using namespace steq;

TEST_CASE("power has an alpha above o = 1/2 and words below", "[rescaling]") {
  for (const double o : {0.55, 0.7, 1.0, 1.5, 3.0, 10.0})
    CHECK(Rescaling(*test::estimator(fmt::format("power:o={}", o), "uniform:bits=3,range=1")).alpha() ==
          Approx((2 * o - 1) / (o * o)).epsilon(1e-13));
  for (const char* spec : {"power:o=0.5", "power:o=0.3"})
    for (const char* grid : {"sign", "uniform:bits=2"})
      CHECK(rescaling_obstacles(*test::estimator(spec, grid)) ==
            std::vector<std::string>{"the integral of 1/q over a bin diverges or is too large for double precision"});
}

TEST_CASE("dsq by its authors' a has one alpha for all bit widths", "[rescaling]") {
  struct Row {
    const char* spec;
    double alpha;
    std::array<double, 5> offsets;  ///< of M at u = 0.05, 0.1, 0.2, 0.3, 0.45, in units of delta
  };
  const Row rows[] = {{"dsq:a=0.2",
                       0.9086187198237,
                       {0.0332158336417, 0.0672399280969, 0.141182912319, 0.229847413769, 0.415605765283}},
                      {"dsq:a=0.4",
                       0.9821315521142,
                       {0.0425756312084, 0.0855616856663, 0.17445431062, 0.270266516243, 0.436203918166}}};
  for (const Row& row : rows)
    for (const char* grid : {"uniform:bits=2,range=0.3", "uniform:bits=8", "sign:range=1"}) {
      INFO(row.spec << " on " << grid);
      const auto estimator = test::estimator(row.spec, grid);
      const Rescaling rescaling(*estimator);
      CHECK(rescaling.alpha() == Approx(row.alpha).epsilon(1e-12));
      const double delta = estimator->grid().delta;
      for (std::size_t i = 0; i < 5; ++i)
        CHECK(rescaling.map(std::array{0.05, 0.1, 0.2, 0.3, 0.45}[i] * delta) / delta ==
              Approx(row.offsets[i]).epsilon(1e-11));
    }
}

TEST_CASE("formulas in the weight have an alpha where all finite bins agree", "[rescaling]") {
  const auto shape = test::estimator("formula:q=1+0.6*cos(2*pi*u)+0*w", "uniform:bits=2,range=1");
  const Rescaling rescaling(*shape);
  CHECK(rescaling.alpha() == Approx(0.8).epsilon(1e-12));
  const auto built_in = test::estimator("cosine:a=0.6", "uniform:bits=2,range=1");
  const Rescaling cosine(*built_in);
  for (const double w : {-0.9, -0.4, 0.05, 0.3, 0.8}) CHECK(rescaling.map(w) == Approx(cosine.map(w)).epsilon(1e-11));
  // One threshold: alpha is free, the harmonic mean over the range: of 2 - |w| it is 1 / ln 2.
  CHECK(Rescaling(*test::estimator("formula:q=2-abs(w)/W", "sign:range=0.4")).alpha() ==
        Approx(1 / std::log(2)).epsilon(1e-12));  // the estimator lives as long as the expression
  CHECK_FALSE(rescaling_of(*test::estimator("formula:q=2-abs(w)/W", "uniform:bits=3")));
  CHECK(rescaling_obstacles(*test::estimator("formula:q=1+0.1*g", "uniform:bits=2")) ==
        std::vector<std::string>{"q depends on the gradient's sign"});
}

TEST_CASE("the infinite sigmoid sum has the published alphas", "[rescaling]") {
  const double table[][2] = {{2, 0.999998}, {4, 0.989900}, {6, 0.877912}, {10, 0.398311}, {20, 0.011548}};
  for (const auto& [temperature, alpha] : table)
    for (const char* grid : {"uniform:bits=2,range=0.3", "sign:range=1", "uniform:bits=8,range=1"})
      CHECK(Rescaling(*test::estimator(fmt::format("sigmoid-sum:T={}", temperature), grid)).alpha() ==
            Approx(alpha).epsilon(0).margin(6e-7));
}

TEST_CASE("the finite sigmoid sum has the published alphas bin by bin, and only comes near the class", "[rescaling]") {
  const auto means = [](const char* spec) {
    return harmonic_means(*test::estimator(spec, "uniform:bits=3,range=1"), Route::closed_form);
  };
  const std::vector<double> steep = means("sigmoid-sum:T=6,finite=true"), flat = means("sigmoid-sum:T=4,finite=true");
  REQUIRE(steep.size() == 6);
  const double published[] = {0.97289, 0.98959, 0.98989, 0.98989, 0.98959, 0.97289};
  for (std::size_t i = 0; i < 6; ++i) CHECK(flat[i] == Approx(published[i]).epsilon(0).margin(6e-6));
  CHECK((steep.front() == Approx(0.87622).margin(6e-6) && steep.back() == Approx(0.87622).margin(6e-6)));
  CHECK(steep[2] == Approx(0.87791).margin(6e-6));
  const auto obstacles = rescaling_obstacles(*test::estimator("sigmoid-sum:T=4,finite=true", "uniform:bits=3"));
  REQUIRE(obstacles.size() == 1);
  CHECK(obstacles[0] ==
        "only approximately in the class: alpha differs from bin to bin, 0.972894 to 0.989894 over the finite bins");
}

TEST_CASE("two finite bins that mirror each other have one alpha: M fixes the thresholds", "[rescaling]") {
  const auto estimator = test::estimator("sigmoid-sum:finite=true", "uniform:bits=2,range=1.5");  // delta = 1
  const Rescaling rescaling(*estimator);
  CHECK_FALSE(rescaling.fixes_levels());
  const auto slow = [&](double from, double to) {
    constexpr int kPoints = 200000;
    double sum = 0;
    for (int i = 0; i < kPoints; ++i)
      sum += 1 / estimator->unmasked_derivative(from + (i + 0.5) / kPoints * (to - from));
    return sum * (to - from) / kPoints;
  };
  CHECK(rescaling.alpha() == Approx(1 / slow(0, 1)).epsilon(1e-9));
  CHECK(rescaling.map(0.3) == Approx(rescaling.alpha() * slow(0, 0.3)).epsilon(1e-9));
  CHECK(rescaling.map(-0.3) == Approx(-rescaling.map(0.3)).epsilon(1e-13));
  CHECK(rescaling.map(1.4) == Approx(1 + rescaling.alpha() * slow(1, 1.4)).epsilon(1e-9));
  CHECK(rescaling.map(-1.4) == Approx(-1 - rescaling.alpha() * slow(1, 1.4)).epsilon(1e-9));
  for (const double m : {-3.0, -1.2, -0.7, 0.1, 0.9, 1.3, 2.5, 40.0})
    CHECK(rescaling.map(rescaling.inverse(m)) == Approx(m).epsilon(1e-12));
}

TEST_CASE("ApproxSign with two levels: alpha is 2 and M a logarithm; with more levels there is none", "[rescaling]") {
  const auto estimator = test::estimator("approx-sign", "sign:range=1");
  for (const Route route : {Route::closed_form, Route::quadrature}) {
    const Rescaling rescaling(*estimator, route);
    CHECK(rescaling.alpha() == 2);
    for (const double w : {-0.999, -0.5, 0.0, 0.1, 0.7, 0.99}) {
      const double m = std::copysign(std::log1p(-std::abs(w)), w);
      CHECK(rescaling.map(w) == Approx(m).epsilon(0).margin(1e-12));
      CHECK(rescaling.inverse(m) == Approx(w).epsilon(0).margin(1e-12));
    }
    CHECK_FALSE(rescaling.fixes_levels());
  }
  CHECK(std::isfinite(Rescaling(*estimator).map(1)));
  CHECK(rescaling_obstacles(*test::estimator("approx-sign", "uniform:bits=2")) ==
        std::vector<std::string>{"the integral of 1/q over a bin diverges or is too large for double precision"});
}

TEST_CASE("ReSTE has the published integrals, and M keeps the range where alpha is free", "[rescaling]") {
  const auto estimator = test::estimator("reste:o=3", "sign:range=1");
  for (const Route route : {Route::closed_form, Route::quadrature}) {
    CHECK(reciprocal_between(*estimator, route, 0, 0.4) == Approx(0.373640659269).epsilon(0).margin(1e-12));
    CHECK(reciprocal_between(*estimator, route, 0, 1.5) == Approx(3.520765404662).epsilon(0).margin(1e-11));
    const Rescaling rescaling(*estimator, route);
    CHECK(rescaling.alpha() == Approx(1 / reciprocal_between(*estimator, route, 0, 1)).epsilon(1e-14));
    CHECK(rescaling.map(1) == Approx(1).epsilon(1e-13));
    CHECK(rescaling.map(-1) == Approx(-1).epsilon(1e-13));
    CHECK((rescaling.map(1) <= 1 && rescaling.map(-1) >= -1));
  }
  CHECK(rescaling_obstacles(*test::estimator("reste:o=3", "uniform:bits=3")).at(0).find("not in the class: alpha") ==
        0);
  CHECK(rescaling_of(*test::estimator("reste:o=3", "uniform:bits=2")).has_value());
}

TEST_CASE("an asymmetric formula: M is the integral of alpha / q from each threshold on", "[rescaling]") {
  // 1/q = 1 / (1 + u): F(u) = ln(1 + u), over a bin from u = 0 to 1/2 and on from -1/2 to 0: ln 3.
  const auto estimator = test::estimator("formula:q=1+u", "uniform:bits=2,range=1.5");  // delta = 1
  for (const Route route : {Route::closed_form, Route::quadrature}) {
    const Rescaling rescaling(*estimator, route);
    CHECK_FALSE(rescaling.keeps_range());
    CHECK(rescaling.alpha() == Approx(1 / std::log(3)).epsilon(1e-13));
    for (const double threshold : {-1.0, 0.0})
      for (const double u : {0.1, 0.4, 0.5, 0.7, 0.95}) {
        const double run = u <= 0.5 ? std::log1p(u) : std::log(1.5) + std::log(u / 0.5);
        CHECK(rescaling.map(threshold + u) == Approx(threshold + run / std::log(3)).epsilon(0).margin(1e-12));
      }
    CHECK(rescaling.map(1.5) == Approx(1 + std::log(1.5) / std::log(3)).epsilon(1e-12));
    CHECK(rescaling.map(-1.5) == Approx(-1 + std::log(0.5) / std::log(3)).epsilon(1e-12));
  }
}

TEST_CASE("an asymmetric formula with one threshold is mapped beyond the range, and back", "[rescaling]") {
  const auto estimator = test::estimator("formula:q=1+u", "sign:range=0.5");
  const Rescaling rescaling(*estimator);
  CHECK_FALSE(rescaling.keeps_range());
  double before = -1;
  for (int i = -500; i <= 500; ++i) {
    const double w = i / 1000.0, m = rescaling.map(w);
    CHECK(m == Approx(std::log1p(w) / std::log(3)).epsilon(0).margin(1e-12));
    CHECK(m > before);
    CHECK(rescaling.inverse(m) == Approx(w).epsilon(0).margin(1e-12));
    before = m;
  }
  CHECK(rescaling.map(-0.5) < -0.6);
}
