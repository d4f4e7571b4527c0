// SPDX-License-Identifier: MIT
#include "sim/nn/loss.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace steq;

namespace {

/// A teacher's logits, for the losses that need some.
template <class T>
const std::vector<T> kTaught{T(0.3), T(-1), T(2), T(0.25)};

template <class T>
SampleLoss loss_of(const std::string& name, const std::vector<T>& logits, std::uint8_t label, std::vector<T>& gradient,
                   double weight) {
  const auto loss = loss_registry().make({name, {}}, "loss");
  return loss->of(std::span<const T>(logits), {label, kTaught<T>}, std::span<T>(gradient), weight);
}

template <class T>
SampleLoss cross_entropy(const std::vector<T>& logits, std::uint8_t label, std::vector<T> gradient = {},
                         double weight = 0) {
  return loss_of("cross-entropy", logits, label, gradient, weight);
}

}  // namespace

TEST_CASE("the cross-entropy of known logits", "[nn]") {
  const std::vector<double> logits{std::log(1.0), std::log(2.0), std::log(5.0)};
  std::vector<double> gradient(3);
  const SampleLoss loss = loss_of("cross-entropy", logits, 1, gradient, 0.5);
  CHECK(loss.loss == Approx(std::log(4.0)).epsilon(1e-15));
  CHECK_FALSE(loss.correct);
  CHECK(gradient[0] == Approx(0.5 * 0.125).epsilon(1e-15));
  CHECK(gradient[1] == Approx(0.5 * -0.75).epsilon(1e-15));
  CHECK(gradient[2] == Approx(0.5 * 0.625).epsilon(1e-15));
  CHECK(cross_entropy(logits, 2).correct);
}

TEST_CASE("of equal logits the first is the answer", "[nn]") {
  const std::vector<float> logits{1, 3, 3};
  CHECK(cross_entropy(logits, 1).correct);
  CHECK_FALSE(cross_entropy(logits, 2).correct);
}

TEST_CASE("large logits do not overflow, and a NaN is not hidden", "[nn]") {
  const std::vector<float> large{1e30f, -1e30f, 0};
  std::vector<float> gradient(3);
  CHECK(loss_of("cross-entropy", large, 0, gradient, 1).loss == 0);
  CHECK(loss_of("cross-entropy", large, 2, gradient, 1).loss == Approx(1e30));
  CHECK(gradient == std::vector<float>{1, 0, -1});
  for (std::size_t at = 0; at < 3; ++at) {
    std::vector<float> broken{1, 2, 3};
    broken[at] = std::numeric_limits<float>::quiet_NaN();
    CHECK(std::isnan(cross_entropy(broken, 0).loss));
    std::vector<float> none;
    CHECK(std::isnan(loss_of("hinge", broken, 0, none, 0).loss));
  }
}

TEST_CASE("the hinge is how far the label falls short of the best other", "[nn]") {
  std::vector<double> gradient(4, 7);
  CHECK(loss_of<double>("hinge", {0.5, 0.2, 0.9, 0.9}, 1, gradient, 0.5).loss == Approx(1.7).epsilon(1e-15));
  CHECK(gradient == std::vector<double>{0, -0.5, 0.5, 0});  // of equal others the lowest class
  CHECK(loss_of<double>("hinge", {0.5, 2, 1, 0.9}, 1, gradient, 0.5).loss == 0);
  CHECK(gradient == std::vector<double>(4, 0));  // exactly 0: no gradient
  CHECK(loss_of<double>("hinge", {3, 0, 0, 0}, 0, gradient, 0.5).correct);
}

TEST_CASE("gradients of losses are their central differences", "[nn]") {
  for (const std::string& name : loss_registry().names()) {
    INFO(name);
    const std::vector<double> logits{0.3, -0.2, 0.8, 0.1};
    std::vector<double> gradient(4), none;
    loss_of(name, logits, 1, gradient, 2.0);
    for (std::size_t c = 0; c < 4; ++c) {
      constexpr double kStep = 1e-6;
      std::vector<double> up = logits, down = logits;
      up[c] += kStep, down[c] -= kStep;
      const double slope = (loss_of(name, up, 1, none, 0).loss - loss_of(name, down, 1, none, 0).loss) / (2 * kStep);
      CHECK(gradient[c] == Approx(2 * slope).margin(1e-9));
    }
  }
}

TEST_CASE("distillation of the worked example", "[nn]") {
  const auto loss = loss_registry().make(parse_spec("distillation:temperature=2,weight=0.7", ""), "loss");
  const std::vector<std::vector<double>> logits{{2, 0.5, -1}, {0.1, 0.2, 0.3}}, taught{{3, 1, -2}, {-0.5, 0, 2}};
  const std::vector<std::vector<double>> slopes{{-0.102073, 0.043713, 0.058360}, {0.145635, 0.127316, -0.272951}};
  const std::uint8_t labels[] = {0, 2};
  double mean = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<double> gradient(3);
    mean += loss->of(std::span(logits[i]), {labels[i], taught[i]}, std::span(gradient), 0.5).loss / 2;
    for (std::size_t c = 0; c < 3; ++c) CHECK(gradient[c] == Approx(slopes[i][c]).margin(5e-7));
  }
  CHECK(mean == Approx(0.427300).margin(5e-7));
}

TEST_CASE("distillation from oneself is the label's share alone", "[nn]") {
  const auto loss = loss_registry().make(parse_spec("distillation:temperature=3,weight=0.25", ""), "loss");
  const std::vector<double> logits{0.3, -0.2, 800, 0.1};
  std::vector<double> gradient(4), plain(4);
  const double entropy = loss_of("cross-entropy", logits, 1, plain, 1.0).loss;
  CHECK(loss->of(std::span(logits), {1, logits}, std::span(gradient), 1).loss == Approx(0.75 * entropy));
  for (std::size_t c = 0; c < 4; ++c) CHECK(gradient[c] == Approx(0.75 * plain[c]));
}
