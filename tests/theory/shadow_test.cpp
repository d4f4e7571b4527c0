// SPDX-License-Identifier: MIT
#include "theory/shadow.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

std::unique_ptr<Optimizer> optimizer(const std::string& spec) {
  return optimizer_registry().make(parse_spec(spec, "optimizer"), "optimizer");
}

double gradient_at(int t, std::size_t i) { return std::sin(1.0 + t * 0.7 + static_cast<double>(i)); }

/// The updates of every step of weight i, alone.
std::vector<double> updates(const std::string& spec, std::size_t i, int steps) {
  const auto rule = optimizer(spec);
  Shadow shadow(*rule, i + 1);
  std::vector<double> all;
  for (int t = 1; t <= steps; ++t) {
    const double h = gradient_at(t, i);
    double update = 7;  // whatever stood there
    shadow.advance(i, std::span(&h, 1), static_cast<Step>(t), std::span(&update, 1));
    all.push_back(update);
  }
  return all;
}

}  // namespace

TEST_CASE("the shadow of heavy ball is the buffer, written as a sum") {
  constexpr double kMomentum = 0.8;
  const std::vector<double> u = updates("sgd:momentum=0.8", 2, 30), plain = updates("sgd", 2, 30);
  for (int t = 1; t <= 30; ++t) {
    double sum = 0;
    for (int i = 1; i <= t; ++i) sum += std::pow(kMomentum, t - i) * gradient_at(i, 2);
    CHECK(u[static_cast<std::size_t>(t - 1)] == Approx(sum).epsilon(1e-14));
    CHECK(plain[static_cast<std::size_t>(t - 1)] == gradient_at(t, 2));
  }
}

TEST_CASE("the shadows of Adam and RMSProp are their updates, with both moments written as sums") {
  for (const bool adam : {true, false}) {
    const double b1 = adam ? 0.9 : 0, b2 = 0.95, epsilon = 1e-8;
    const std::vector<double> u = updates(adam ? "adam" : "rmsprop:beta2=0.95", 1, 40);
    for (int t = 1; t <= 40; ++t) {
      double m = 0, v = 0;
      for (int i = 1; i <= t; ++i) {
        m += (1 - b1) * std::pow(b1, t - i) * gradient_at(i, 1);
        v += (1 - b2) * std::pow(b2, t - i) * std::pow(gradient_at(i, 1), 2);
      }
      if (adam) m /= 1 - std::pow(b1, t), v /= 1 - std::pow(b2, t);
      CHECK(u[static_cast<std::size_t>(t - 1)] == Approx(m / (std::sqrt(v) + epsilon)).epsilon(1e-12));
    }
  }
}

TEST_CASE("the shadow shows the moments, and knows nothing of the optimizer's options") {
  const auto rule = optimizer("adam:weight_decay=1,clip_value=0.001,decoupled_decay=1");
  Shadow shadow(*rule, 3);
  const std::vector<double> h{0.5, -2, 0};
  std::vector<double> update(3);
  shadow.advance(0, h, 1, update);
  CHECK(update[0] == Approx(1).epsilon(1e-7));
  CHECK(update[1] == Approx(-1).epsilon(1e-7));
  CHECK(update[2] == 0);
  CHECK(shadow.state(0)[1] == Approx(-0.2));
  CHECK(shadow.state(1)[1] == Approx(0.2));
}
