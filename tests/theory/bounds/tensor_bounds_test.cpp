// SPDX-License-Identifier: MIT
#include "theory/bounds/tensor_bounds.hpp"

#include <catch2/catch.hpp>

#include "tests/theory/bounds/slow_bounds.hpp"

using namespace steq;
using test::BoundsDriver;
using test::ScalarPairs;
using test::ScalarRecipe;

namespace {

struct Training {
  const char* optimizer;
  double rate;
};

const Training kTrainings[] = {{"sgd", 0.02},
                               {"sgd:momentum=0.9", 0.002},
                               {"sgd:momentum=0.5", 0.01},
                               {"adam", 0.01},
                               {"adam:beta2=0.999", 0.003},
                               {"adam:beta1=0", 0.01},
                               {"adam:beta1=0.5,beta2=0.5", 0.01},
                               {"rmsprop", 0.003},
                               {"rmsprop:beta2=0.9,epsilon=0.1", 0.01},
                               {"signsgd", 0.005}};

constexpr const char* kClass[] = {"dsq:k=6.5", "triangular:a=1.6", "triangular:a=0.5", "cosine:a=0.6", "cosine:a=-0.5"};

std::vector<std::string> names(const std::map<std::string, Tally>& tallies) {
  std::vector<std::string> all;
  for (const auto& [name, tally] : tallies) all.push_back(name);
  return all;
}

std::uint64_t violations(const std::map<std::string, Tally>& tallies) {
  std::uint64_t sum = 0;
  for (const auto& [name, tally] : tallies) sum += tally.violations;
  return sum;
}

/// A weight that a constant gradient of -1 drives up at learning rate 0.01, by plain SGD.
test::ScalarPath upward(const ScalarPairs& pairs, double start, int steps) {
  test::ScalarPath path{{start}, {pairs.theory().map(start)}, {}, {}};
  for (int t = 0; t < steps; ++t) {
    path.h.push_back(-1);
    path.rates.push_back(0.01);
    path.w_q.push_back(path.w_q.back() + 0.01 * pairs.estimator().derivative(path.w_q.back()));
    path.w_s.push_back(path.w_s.back() + 0.01 * pairs.theory().constants.alpha);
  }
  return path;
}

/// Both equal, or both without a claim.
void check_same(double bound, double expected, double scale) {
  CHECK(std::isfinite(bound) == std::isfinite(expected));
  if (std::isfinite(expected)) CHECK(bound == Approx(expected).epsilon(1e-6).margin(1e-13 * scale));
}

}  // namespace

TEST_CASE("own terms and bounds are those of the formulas written out", "[bounds]") {
  for (const Training& training : kTrainings)
    for (const char* estimator : {"dsq:k=6.5", "triangular:a=1.6", "cosine:a=-0.5"}) {
      const ScalarPairs pairs({estimator, "uniform:bits=2,range=0.5", training.optimizer, training.rate / 2, 60});
      for (int i = 0; i < 6; ++i) {
        const test::ScalarPath path = pairs.train(i);
        const test::SlowBounds slow(pairs, path);
        BoundsDriver driver(pairs.theory(), pairs.optimizer(), {path});
        for (int t = 1; t <= pairs.recipe().steps; ++t) {
          const std::vector<Tally> tallies = driver.step(static_cast<std::size_t>(t));
          const std::vector<double> bounds = slow.bounds(t);
          CAPTURE(training.optimizer, estimator, i, t);
          REQUIRE(tallies.size() == bounds.size() + 1);
          for (std::size_t k = 0; k < bounds.size(); ++k) {
            CAPTURE(driver.bounds().inequalities()[k]);
            check_same(tallies[k].not_applicable ? kInfinity : tallies[k].bound, bounds[k], 1);
            if (tallies[k].checked) CHECK(tallies[k].measured == Approx(slow.own(t)).epsilon(1e-9).margin(1e-14));
          }
        }
      }
    }
}

TEST_CASE("the theorems hold at every step, for every rule and every member of the class", "[bounds]") {
  for (const char* grid : {"uniform:bits=1,range=1", "uniform:bits=2,range=0.3", "uniform:bits=3,range=1",
                           "uniform:bits=4,range=1", "sign:range=0.7"})
    for (const char* estimator : kClass)
      for (const Training& training : kTrainings) {
        const double scale = test::quantizer(grid)->grid().delta;
        const ScalarPairs pairs({estimator, grid, training.optimizer, training.rate * scale});
        CAPTURE(grid, estimator, training.optimizer);
        for (const auto& [name, tally] : test::tallies_of(pairs, 20)) {
          CAPTURE(name, tally.largest_excess, tally.step, tally.weight);
          CHECK(tally.violations == 0);
          CHECK(tally.checked > 3000);
          CHECK(tally.tightness() <= 1 + 1e-9);
        }
      }
}

TEST_CASE("each rule has its inequalities", "[bounds]") {
  const auto of = [](const char* optimizer) {
    return names(test::tallies_of(ScalarPairs({"dsq:k=6.5", "uniform:bits=2,range=1", optimizer, 0.001, 3}), 1));
  };
  CHECK(of("sgd") == std::vector<std::string>{"S1", "S2", "S3", "S4", "cumulative"});
  CHECK(of("sgd:momentum=0.9") == std::vector<std::string>{"H", "H-global", "cumulative"});
  CHECK(of("adam") == std::vector<std::string>{"A1", "A2", "A3", "cumulative"});
  CHECK(of("rmsprop") == std::vector<std::string>{"A1", "A2", "A3", "cumulative"});
  CHECK(of("signsgd") == std::vector<std::string>{"A1", "cumulative"});
}

TEST_CASE("wrong constants are caught", "[bounds]") {
  const auto caught = [](const char* estimator, const char* optimizer, double rate, const auto& spoil) {
    const ScalarPairs pairs({estimator, "uniform:bits=2,range=1", optimizer, rate});
    TensorTheory wrong = pairs.theory();
    CHECK(violations(test::tallies_of(pairs, 20, wrong)) == 0);
    spoil(wrong.constants);
    return test::tallies_of(pairs, 20, wrong);
  };
  const auto flatter = [](StepConstants& c) { c.bounds.lipschitz *= 0.7; };
  const auto constant = [](StepConstants& c) { c.bounds.lipschitz = 0; };
  const auto faster = [](StepConstants& c) { c.alpha *= 1.01; };
  const auto slower = [](StepConstants& c) { c.alpha *= 0.99; };
  CHECK(caught("triangular:a=1.6", "sgd", 0.02, flatter)["S3"].violations > 100);
  CHECK(caught("triangular:a=1.6", "sgd", 0.02, flatter)["S2"].violations > 100);
  CHECK(caught("cosine:a=0.6", "sgd", 0.02, flatter)["S3"].violations > 10);
  for (const char* name : {"S1", "S2", "S3", "S4", "cumulative"})
    CHECK(caught("dsq:k=6.5", "sgd", 0.02, constant)[name].violations > 100);
  CHECK(caught("dsq:k=6.5", "sgd", 0.02, faster)["S3"].violations > 100);
  CHECK(caught("dsq:k=6.5", "sgd", 0.0005, slower)["S1"].violations > 100);
  CHECK(caught("triangular:a=1.6", "sgd:momentum=0.5", 0.01, constant)["H"].violations > 100);
  CHECK(caught("dsq:k=6.5", "sgd:momentum=0.9", 0.0002, faster)["H"].violations > 100);
  CHECK(caught("dsq:k=6.5", "sgd:momentum=0.9", 0.0002, slower)["H-global"].violations > 100);
  CHECK(caught("dsq:k=6.5", "adam", 0.01, constant)["A3"].violations > 100);
  CHECK(caught("dsq:k=6.5", "rmsprop", 0.001, constant)["A3"].violations > 100);
}

TEST_CASE("S3 is attained by the triangle where q falls along the step", "[bounds]") {
  const ScalarPairs pairs({"triangular:a=1.6", "uniform:bits=2,range=1", "sgd", 0.01, 10});
  const test::ScalarPath path = upward(pairs, 0.01, 10);  // from a threshold, not as far as the next level
  REQUIRE(path.w_q.back() < 1.0 / 3);
  auto tallies = BoundsDriver(pairs.theory(), pairs.optimizer(), {path}).run();
  CHECK(tallies["S3"].tightness() == Approx(1).epsilon(1e-9));
  CHECK(tallies["cumulative"].tightness() == Approx(1).epsilon(1e-9));
  CHECK(tallies["S2"].tightness() < 0.999);
  CHECK(tallies["S1"].tightness() < 0.9);
  CHECK(violations(tallies) == 0);
}

TEST_CASE("where q jumps the theorems make no claim, and say so", "[bounds]") {
  for (const char* optimizer : {"sgd", "sgd:momentum=0.9"}) {
    const ScalarPairs pairs({"piecewise-linear:a=1.6", "uniform:bits=2,range=1", optimizer, 0.002});
    BoundsDriver driver(pairs.theory(), pairs.optimizer(), test::paths_of(pairs, 5));
    for (const auto& [name, tally] : driver.run()) {
      CHECK(tally.checked == 0);
      CHECK(tally.not_applicable == 1000);
    }
    CHECK(driver.bounds().state().bound == kInfinity);
    CHECK(std::isnan(driver.bounds().state().gradient_share));
    CHECK(driver.bounds().state().error > 0);
  }
  const ScalarPairs pairs({"piecewise-linear:a=1.6", "uniform:bits=2,range=1", "adam", 0.01});
  auto tallies = test::tallies_of(pairs, 5);
  CHECK(tallies["A2"].checked == 1000);
  CHECK(tallies["A3"].checked == 0);
  CHECK(violations(tallies) == 0);
}

TEST_CASE("an unbounded q leaves what asks for no L+ and no L'", "[bounds]") {
  for (const char* estimator : {"power:o=3", "power:o=0.8"}) {
    auto tallies = test::tallies_of(ScalarPairs({estimator, "uniform:bits=2,range=1", "adam", 0.01}), 5);
    CHECK(tallies["A2"].checked == 1000);
    CHECK(tallies["A3"].not_applicable == 1000);
    CHECK(violations(tallies) == 0);
    auto plain = test::tallies_of(ScalarPairs({estimator, "uniform:bits=2,range=1", "sgd", 0.001}), 5);
    CHECK(plain["S3"].checked == 0);
  }
  auto same = test::tallies_of(ScalarPairs({"power:o=1", "uniform:bits=2,range=1", "sgd", 0.02}), 20);
  CHECK(same["S3"].checked == 4000);
  CHECK(violations(same) == 0);
}

TEST_CASE("a step too long for its condition is not counted as held", "[bounds]") {
  auto tallies = test::tallies_of(ScalarPairs({"dsq:k=6.5", "uniform:bits=2,range=1", "sgd", 0.3}), 20);
  CHECK(tallies["S3"].not_applicable > 100);
  CHECK(tallies["S3"].checked > 100);
  CHECK(tallies["S1"].not_applicable == 0);
  CHECK(violations(tallies) == 0);
}

TEST_CASE("one threshold and a q that vanishes at the ends: only what needs no L-", "[bounds]") {
  auto tallies = test::tallies_of(ScalarPairs({"approx-sign", "sign:range=1", "sgd", 0.01}), 20);
  CHECK(tallies["S3"].checked > 3000);
  CHECK(tallies["S2"].checked > 3000);
  CHECK(tallies["S1"].checked == 0);
  CHECK(tallies["S4"].checked == 0);
  CHECK(violations(tallies) == 0);
}

TEST_CASE("beyond the range a q of no common shape is not claimed to be bounded", "[bounds]") {
  const ScalarPairs pairs({"reste:o=1,t=1.5", "sign:range=1", "sgd", 0.01, 20});
  auto tallies = BoundsDriver(pairs.theory(), pairs.optimizer(), {upward(pairs, 0.955, 20)}).run();
  CHECK(tallies["S1"].checked == 4);  // q = 1: 0.965, ..., 0.995, and then beyond 1
  CHECK(tallies["S1"].not_applicable == 16);
  CHECK(violations(tallies) == 0);
  const ScalarPairs periodic({"dsq:k=2,gate=none", "sign:range=1", "sgd", 0.01, 20});
  tallies = BoundsDriver(periodic.theory(), periodic.optimizer(), {upward(periodic, 0.999, 20)}).run();
  CHECK(tallies["S1"].checked == 20);
  CHECK(violations(tallies) == 0);
}

TEST_CASE("rounding shows steps that are not the optimizer's", "[bounds]") {
  for (const Training& training : kTrainings) {
    const ScalarPairs pairs({"dsq:k=6.5", "uniform:bits=2,range=1", training.optimizer, training.rate, 50});
    std::vector<test::ScalarPath> paths = test::paths_of(pairs, 5);
    BoundsDriver right(pairs.theory(), pairs.optimizer(), paths);
    right.run();
    CHECK(right.bounds().largest_rounding() < 1e-13);
    for (double& h : paths[3].h) h = -h;
    BoundsDriver wrong(pairs.theory(), pairs.optimizer(), paths);
    wrong.run();
    CHECK(wrong.bounds().largest_rounding() > 1e-3);
  }
}

TEST_CASE("the state is the mean error, and the bound grows by gradient and estimator terms", "[bounds]") {
  const ScalarPairs pairs({"dsq:k=6.5", "uniform:bits=2,range=1", "sgd", 0.01, 80});
  const std::vector<test::ScalarPath> paths = test::paths_of(pairs, 4);
  BoundsDriver driver(pairs.theory(), pairs.optimizer(), paths);
  CHECK(driver.bounds().state().error == 0);
  CHECK(std::isnan(driver.bounds().state().gradient_share));
  driver.run();
  const double alpha = pairs.theory().constants.alpha, delta = pairs.estimator().grid().delta;
  double error = 0, bound = 0, gradient_terms = 0;
  for (const test::ScalarPath& path : paths) {
    const test::SlowBounds slow(pairs, path);
    for (int t = 1; t <= 80; ++t) {
      const auto i = static_cast<std::size_t>(t);
      const double apart = std::abs(path.w_s[i] - path.w_s[i - 1] + alpha * path.rates[i - 1] * path.h[i - 1]);
      const std::vector<double> bounds = slow.bounds(t);
      gradient_terms += apart;
      bound += apart + *std::min_element(bounds.begin(), bounds.end());
    }
    error += std::abs(pairs.theory().map(path.w_q.back()) - path.w_s.back());
  }
  const BoundState state = driver.bounds().state();
  CHECK(gradient_terms > 0);
  CHECK(state.error == Approx(error / 4 / delta));
  CHECK(state.bound == Approx(bound / 4 / delta));
  CHECK(state.gradient_share == Approx(gradient_terms / bound));
  CHECK(state.error < state.bound);
}
