// SPDX-License-Identifier: MIT
// The recursions against their closed forms, and against simulation where nothing is constant.
#include "theory/predictions/leading_error.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "theory/predictions/scalar_twin.hpp"
#include "theory/predictions/twin_prediction.hpp"

using namespace steq;

namespace {

/// What one update adds in the long run, of a weight that stands still.
double settled(const UpdateRule& rule, const GradientOptions& options, const WeightState& at, double rate) {
  LeadingError error(1, rule, options);
  double before = 0;
  for (Step step = 1; step <= 2000; ++step) {
    before = error.predicted()[0];
    error.begin({rate, step, 1, 0.9});
    error.advance(0, at);
  }
  return error.predicted()[0] - before;
}

/// Mean of (measured - predicted)^2 over that of measured.
double unexplained(const std::string& estimator, const std::string& optimizer, double rate,
                   const std::string& gradient) {
  ScalarTwin run({.estimator = parse_spec(estimator, ""),
                  .optimizer = parse_spec(optimizer, ""),
                  .learning_rate = rate,
                  .gradient = parse_spec(gradient, ""),
                  .low = -1.4,
                  .high = 1.4,
                  .points = 1500,
                  .weights = 1500,
                  .steps = 400},
                 1);
  TwinPrediction<double> prediction(run.learner(), run.twin(), 0, 1);
  const std::vector<Observer<double>*> observers{&prediction};
  run.run(observers, false);
  const std::vector<double> errors = run.signed_errors();
  double apart = 0, size = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    apart += std::pow(errors[i] - prediction.predicted(0)[i], 2);
    size += errors[i] * errors[i];
  }
  REQUIRE(size > 0);
  return apart / size;
}

}  // namespace

TEST_CASE("a constant gradient settles at the closed form", "[predictions]") {
  const WeightState at{.w = 0.3, .q = 0.7, .slope = -2, .gradient = 0.5, .alpha = 0.45};
  const double rate = 1e-3, mu = 0.9, u = 0.5 / (1 - mu);
  CHECK(settled(HeavyBall{0}, {}, at, rate) == Approx(0.45 / 2 * 2 * rate * rate * 0.25 - 0.45 * rate * 0.05));
  CHECK(settled(HeavyBall{mu}, {}, at, rate) ==
        Approx(0.45 * rate * rate * u * u * (1 + mu) / (1 - mu) - 0.45 * rate * 0.05 / (1 - mu)));
  CHECK(settled(HeavyBall{mu, true}, {}, at, rate) ==
        Approx(0.45 * rate * rate * u * u * (1 - mu + 2 * mu * mu) / (1 - mu) - 0.45 * rate * 0.05 / (1 - mu)));
  const double tau = 0.9 / 0.1 - 0.95 / 0.05;
  CHECK(settled(AdaptiveMoments{0.9, 0.95, 1e-12, true}, {}, at, rate) ==
        Approx(-rate * rate * at.slope / at.q * tau).epsilon(1e-6));
  CHECK(std::abs(settled(AdaptiveMoments{0.9, 0.9, 1e-12, true}, {}, at, rate)) < 1e-12);
  CHECK(settled(SignRule{}, {}, at, rate) == 0);
}

TEST_CASE("decay enters at first order", "[predictions]") {
  const WeightState at{.w = 0.3, .q = 0.7, .mapped = 0.2, .alpha = 0.45};
  const double rate = 1e-3;
  CHECK(settled(HeavyBall{0.9}, {.weight_decay = 0.1}, at, rate) ==
        Approx(-0.45 * rate * 0.1 / 0.1 * (0.3 / 0.7 - 0.2)));
  CHECK(settled(HeavyBall{0.9}, {.decoupled_decay = 0.1}, at, rate) == Approx(-rate * 0.1 * (0.45 * 0.3 / 0.7 - 0.2)));
}

TEST_CASE("the leading order explains the error, weight by weight", "[predictions]") {
  for (const char* gradient : {"coin", "normal:mean=0.3", "constant"}) {
    for (const char* optimizer : {"sgd", "sgd:momentum=0.9", "sgd:momentum=0.9,nesterov=true"}) {
      INFO(optimizer << ", " << gradient);
      CHECK(unexplained("dsq:k=6.5,gate=none", optimizer, 2e-5, gradient) < 0.01);
      CHECK(unexplained("cosine:a=0.6", optimizer, 2e-5, gradient) < 0.01);
      CHECK(unexplained("dsq:k=2,gate=none", std::string(optimizer) + (optimizer[3] ? "," : ":") + "weight_decay=0.1",
                        2e-5, gradient) < 0.01);
    }
    for (const char* optimizer :
         {"adam:epsilon=1e-12", "rmsprop:epsilon=1e-12", "adam:beta2=0.999,decoupled_decay=1"}) {
      INFO(optimizer << ", " << gradient);
      CHECK(unexplained("dsq:k=6.5,gate=none", optimizer, 2e-5, gradient) < 0.02);
    }
  }
  CHECK(unexplained("dsq:k=6.5,gate=none", "sgd:clip_norm=5", 2e-5, "normal") < 0.01);
  CHECK(unexplained("ewgs:gate=none", "sgd:momentum=0.9", 2e-5, "normal") < 0.01);
}
