// SPDX-License-Identifier: MIT
// Closed forms against simulation.
#include "theory/predictions/prediction.hpp"

#include <catch2/catch.hpp>

#include "tests/plugin_files.hpp"

using namespace steq;

namespace {

struct Case {
  std::string prediction, estimator, optimizer;
  double learning_rate;
  std::string gradient;
  double low, high;
  Step steps;
  std::size_t points = 16, weights = 1024;
  std::string quantizer = "uniform:bits=2";
};

Profile profile(const Case& c) {
  ScalarTwin twin({.quantizer = parse_spec(c.quantizer, ""),
                   .estimator = parse_spec(c.estimator, ""),
                   .optimizer = parse_spec(c.optimizer, ""),
                   .learning_rate = c.learning_rate,
                   .gradient = parse_spec(c.gradient, ""),
                   .low = c.low,
                   .high = c.high,
                   .points = c.points,
                   .weights = c.weights,
                   .steps = c.steps},
                  1);
  twin.run({}, false);
  return prediction_registry().make(parse_spec(c.prediction, ""), "prediction", twin);
}

void check(const Case& c, double tolerance) {
  INFO(c.prediction << ", " << c.estimator << ", " << c.optimizer << ", " << c.gradient);
  const Profile p = profile(c);
  CAPTURE(p.at, p.predicted, p.measured);
  CHECK(p.deviation() < tolerance);
}

}  // namespace

TEST_CASE("a constant gradient parts the two by a known number of steps", "[predictions]") {
  for (const char* estimator : {"dsq:k=6.5,gate=none", "cosine:a=0.6,gate=none", "triangular:gate=none"}) {
    check({"directed-motion", estimator, "sgd", 1e-3, "constant:mean=0.5", 0.05, 0.45, 1000, 16, 16}, 0.02);
    check({"directed-motion", estimator, "sgd:momentum=0.9", 2e-5, "constant:mean=-0.5", 0.05, 0.45, 10000, 16, 16},
          0.03);
    check({"directed-motion", estimator, "sgd:momentum=0.9,nesterov=true", 2e-5, "constant:mean=-0.5", 0.05, 0.45,
           10000, 16, 16},
          0.03);
    check({"directed-motion", estimator, "adam", 3e-5, "constant:mean=3", 0.05, 0.45, 12000, 16, 16}, 0.03);
    check({"directed-motion", estimator, "adam:beta1=0.9,beta2=0.9", 3e-5, "constant", 0.05, 0.45, 12000, 16, 16},
          0.05);
    check({"directed-motion", estimator, "signsgd", 1e-4, "constant", 0.05, 0.45, 4000, 16, 16}, 1e-9);
  }
}

TEST_CASE("zero-mean noise makes the error drift", "[predictions]") {
  for (const char* estimator : {"dsq:k=6.5,gate=none", "cosine:a=0.6,gate=none"}) {
    check({"noise-drift", estimator, "sgd", 1e-4, "coin", 0.05, 0.45, 2000, 16, 2048}, 0.05);
    check({"noise-drift", estimator, "sgd:momentum=0.9", 1e-5, "coin", 0.05, 0.45, 2000, 16, 2048}, 0.05);
    check({"noise-drift", estimator, "sgd:momentum=0.9,nesterov=true", 1e-5, "coin", 0.05, 0.45, 2000, 16, 2048}, 0.05);
    check({"noise-drift", estimator, "adam:epsilon=1e-12", 1e-5, "coin", 0.05, 0.45, 4000, 16, 2048}, 0.05);
    check({"noise-drift", estimator, "rmsprop:epsilon=1e-12", 1e-5, "coin", 0.05, 0.45, 4000, 16, 2048}, 0.05);
  }
}

TEST_CASE("noise for long gathers weights where q is small", "[predictions]") {
  check({"stationary-density", "cosine:a=0.4,gate=none", "sgd", 0.06, "coin", -0.5, 0.5, 2500, 512, 20480}, 0.05);
  check({"stationary-density", "ste:gate=none", "sgd", 0.06, "coin", -0.5, 0.5, 1000, 512, 20480}, 0.05);
}

TEST_CASE("coupled decay fails at first order", "[predictions]") {
  const std::string dsq = "dsq:k=6.5,gate=none", still = "constant:mean=0";
  check({"coupled-decay", dsq, "sgd:weight_decay=0.1", 1e-3, still, -1.4, 1.4, 20, 16, 16}, 0.02);
  check({"coupled-decay", dsq, "sgd:momentum=0.9,weight_decay=0.1", 3e-6, still, -1.4, 1.4, 2000, 16, 16}, 0.05);
  check({"coupled-decay", "dsq:k=2,gate=none", "adam:beta1=0.9,beta2=0.999,weight_decay=0.3", 1e-6, "coin", -1.4, 1.4,
         20000, 16, 1024},
        0.05);
}

TEST_CASE("decoupled decay fails at first order with sgd, and is harmless with adam", "[predictions]") {
  const std::string dsq = "dsq:k=6.5,gate=none";
  check({"decoupled-decay", dsq, "sgd:decoupled_decay=0.1", 1e-3, "constant:mean=0", -1.4, 1.4, 20, 16, 16}, 0.02);
  check({"decoupled-decay", dsq, "adam:decoupled_decay=0.1", 1e-5, "coin", -1.4, 1.4, 1000, 16, 1024}, 0.02);
}

TEST_CASE("clipping to a norm fails at first order", "[predictions]") {
  check({"norm-clipping", "dsq:k=6.5,gate=none", "sgd:clip_norm=2", 1e-3, "constant", -0.45, 0.45, 20, 16, 16}, 0.02);
  check({"norm-clipping", "cosine:a=0.6,gate=none", "sgd:momentum=0.9,clip_norm=1", 3e-6, "constant", 0, 0.2, 2000, 16,
         16},
        0.05);
}

TEST_CASE("factors that depend on the sign pull to the levels", "[predictions]") {
  check({"sign-dependence", "ewgs:delta=0.2,gate=none", "sgd", 1e-5, "coin", -0.45, 0.45, 1000, 16, 256}, 0.02);
  check(
      {"sign-dependence", "ewgs:delta=0.2,gate=none", "sgd:momentum=0.5", 1e-5, "normal", -0.45, 0.45, 1000, 16, 65536},
      0.05);
}

TEST_CASE("the pull of a formula with the gradient's sign is predicted too", "[predictions]") {
  check({"sign-dependence", "formula:q=1+0.3*g*abs(u)*sin(3*w),gate=none", "sgd", 1e-5, "coin", -0.45, 0.45, 1000, 16,
         256},
        0.05);
}

TEST_CASE("random factors make the error a random walk", "[predictions]") {
  check({"factor-noise", "stochastic-ste:noise=0.5,gate=none", "sgd", 1e-4, "coin", 0, 0.4, 400, 4, 8192}, 0.03);
  check({"factor-noise", "stochastic-ste:noise=0.5,gate=none", "sgd:momentum=0.5", 1e-4, "constant:mean=2", 0, 0.4, 400,
         4, 8192},
        0.03);
}

TEST_CASE("a wrong prediction is found out", "[predictions]") {
  const Profile good = profile(
      {"coupled-decay", "dsq:k=6.5,gate=none", "sgd:weight_decay=0.1", 1e-3, "constant:mean=0", -1.4, 1.4, 20, 16, 16});
  Profile bad = good;
  for (double& value : bad.predicted) value *= 1.5;
  CHECK(bad.deviation() == Approx(1 / 3.0).margin(0.02));
  for (double& value : bad.predicted) value = 0;
  CHECK(bad.deviation() > 0.01);
}

TEST_CASE("every prediction's file is in the registry, and documents itself", "[predictions]") {
  CHECK(test::plugin_files("theory/predictions", "PredictionRegistry") == test::sorted(prediction_registry().names()));
  for (const auto& entry : prediction_registry().entries()) {
    CHECK_FALSE(entry.info.formula.empty());
    CHECK_FALSE(entry.info.citation.empty());
  }
}
