// SPDX-License-Identifier: MIT
// What estimators say of other libraries, held against formulas of those libraries' backward passes, written down here
// from their definitions.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

double inside(double w, double range, double q) { return std::abs(w) <= range ? q : 0; }
double sign(double x) { return x < 0 ? -1 : 1; }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Where the weight stands on the grid of integers 0..2^bits - 1.
double position(double w, const Grid& grid) { return (w + grid.range) / grid.delta; }

/// What multiplies a gradient of sign g at w.
using Factor = std::function<double(double w, double g, const Grid& grid)>;

double sign_swish(double w, double, const Grid&) {
  constexpr double kBeta = 5;
  const double x = kBeta * w;
  return kBeta * (2 - x * std::tanh(x / 2)) / (1 + std::cosh(x));
}

/// Gradients pass where the code before the clamp is one of the grid's.
double fake_quantize(double w, double, const Grid& grid) {
  const double code = std::nearbyint(position(w, grid));
  return code >= 0 && code <= static_cast<double>(grid.intervals()) ? 1 : 0;
}

/// x in [0, 1], its distance from the rounded x in the same unit.
double scaled_on_unit_interval(double w, double g, const Grid& grid) {
  const auto steps = static_cast<double>(grid.intervals());
  const double x = (w + grid.range) / (2 * grid.range), rounded = std::nearbyint(x * steps) / steps;
  return inside(w, grid.range, 1 + 0.2 * sign(g) * (x - rounded));
}

double scaled_on_integers(double w, double g, const Grid& grid) {
  const double x = position(w, grid);
  return inside(w, grid.range, 1 + 0.2 * sign(g) * (x - std::nearbyint(x)));
}

/// Slope of floor(x) + 1/2 + tanh(k (x - floor(x) - 1/2)) / (2 (1 - alpha)), k = ln((2 - alpha) / alpha).
double soft_quantization(double w, double, const Grid& grid) {
  constexpr double kAlpha = 0.4;
  const double k = std::log((2 - kAlpha) / kAlpha), x = position(w, grid), u = x - std::floor(x) - 0.5;
  return inside(w, grid.range, k / (2 * (1 - kAlpha)) / std::pow(std::cosh(k * u), 2));
}

/// Slope of a sigmoid of the distance from the threshold, scaled so that it joins the levels.
double stacked_sigmoid(double w, double, const Grid& grid) {
  constexpr double kAlpha = 7;
  const double x = position(w, grid), s = sigmoid(kAlpha * (x - std::floor(x) - 0.5));
  return inside(w, grid.range, kAlpha * s * (1 - s) / (sigmoid(kAlpha / 2) - sigmoid(-kAlpha / 2)));
}

double sum_of_sigmoids(double w, double, const Grid& grid) {
  constexpr double kTemperature = 6;
  double sum = 0;
  for (const double threshold : grid.thresholds) {
    const double s = sigmoid(kTemperature * (w - threshold) / grid.delta);
    sum += kTemperature * s * (1 - s);
  }
  return inside(w, grid.range, sum);
}

struct Peer {
  Factor factor;
  std::function<std::string(int bits)> here;  ///< the SPEC that `here` describes, for this test's parameters
  std::vector<std::string> grids;
  /// The weights for which the two are the same; beyond them the remark says what differs.
  double reach = 2;  ///< in units of W
};

std::vector<std::string> uniform_grids() { return {"uniform:bits=2,range=0.7", "uniform:bits=4", "uniform:bits=8"}; }
std::function<std::string(int)> always(const std::string& spec) {
  return [spec](int) { return spec; };
}

/// By library and name.
const std::map<std::string, Peer>& peers() {
  const std::vector<std::string> sign_grid{"sign:range=1"};
  static const std::map<std::string, Peer> all{
      {"larq ste_sign", {[](double w, double, const Grid&) { return inside(w, 1, 1); }, always("ste"), sign_grid}},
      {"larq approx_sign",
       {[](double w, double, const Grid&) { return inside(w, 1, 2 - 2 * std::abs(w)); }, always("approx-sign"),
        sign_grid}},
      {"larq swish_sign", {sign_swish, always("swish-sign:gate=none"), sign_grid}},
      {"Brevitas round_ste with clamp_ste",
       {[](double, double, const Grid&) { return 1.0; }, always("ste:gate=none"), uniform_grids()}},
      {"Brevitas round_ste, then a clamp", {fake_quantize, always("ste"), uniform_grids(), 1}},
      {"torch fake_quantize", {fake_quantize, always("ste"), uniform_grids(), 1}},
      {"EWGS, the authors' code EWGS_discretizer",
       {scaled_on_unit_interval, always("ewgs:unit=range,delta=0.2"), uniform_grids()}},
      {"oscillations-qat EWGS", {scaled_on_integers, always("ewgs:delta=0.2"), uniform_grids()}},
      {"MQBench DSQFakeQuantize(alpha=0.4)", {soft_quantization, always("dsq:a=0.4"), uniform_grids()}},
      {"oscillations-qat stacked sigmoid, alpha",
       {stacked_sigmoid, [](int bits) { return fmt::format("dsq:k={}", 7 * ((1 << bits) - 1) / 4.0); },
        uniform_grids()}},
      {"Quantization Networks, the authors' code sum of sigmoids",
       {sum_of_sigmoids, always("sigmoid-sum:finite=true"), uniform_grids()}}};
  return all;
}

double ours(const Estimator& estimator, double w, double g, double magnitude = 0) {
  double gradient = g;
  const std::vector<double> numbers(estimator.parameters().size(), magnitude);
  estimator.backward(std::span<const double>(&w, 1), std::span<double>(&gradient, 1), {.estimator = numbers});
  return gradient / g;
}

void check(const Peer& peer, const std::string& grid) {
  const auto quantizer = test::quantizer(grid);
  const auto bits = static_cast<int>(std::bit_width(quantizer->grid().intervals()));
  const auto estimator = test::estimator(peer.here(bits), quantizer->grid());
  const double reach = peer.reach * quantizer->grid().range;
  for (int i = 0; i < 400; ++i)
    for (const double g : {-0.3, 2.0}) {
      const double w = test::scattered(i, -reach, reach);
      CHECK(ours(*estimator, w, g) == Approx(peer.factor(w, g, quantizer->grid())).epsilon(1e-11).margin(1e-11));
    }
}

}  // namespace

TEST_CASE("what other libraries call the same thing multiplies gradients by the same factors", "[estimators]") {
  for (const auto& [name, peer] : peers())
    for (const std::string& grid : peer.grids) {
      INFO(name << " on " << grid);
      check(peer, grid);
    }
}

TEST_CASE("every estimator of another library that has one here was held against its formula", "[estimators]") {
  std::size_t rows = 0;
  for (const auto& entry : estimator_registry().entries())
    for (const Elsewhere& other : entry.info.elsewhere) {
      const std::string name = other.library + " " + other.name;
      INFO(name);
      if (other.here.empty() || entry.info.name == "magnitude-aware") continue;
      ++rows;
      REQUIRE(peers().contains(name));
      const std::string spec = peers().at(name).here(2);
      CHECK(parse_spec(spec, "").name == entry.info.name);
      CHECK(spec.substr(0, spec.find_last_of('=')) == other.here.substr(0, other.here.find_last_of('=')));
    }
  CHECK(rows == peers().size());
}

TEST_CASE("magnitude-aware is larq's but for 2 / W and the mean of the whole tensor", "[estimators]") {
  const auto estimator = test::estimator("magnitude-aware", "sign:range=1");
  for (const double mean : {0.1, 0.35})
    for (const double w : {-0.9, 0.2, 1.5}) CHECK(ours(*estimator, w, -1, mean) == Approx(inside(w, 1, 2 * mean)));
}

TEST_CASE("fake_quantize passes gradients half a bin further than ste", "[estimators]") {
  const auto quantizer = test::quantizer("uniform:bits=4,range=1");
  const auto ste = test::estimator("ste", quantizer->grid());
  const double half = quantizer->grid().delta / 2;
  for (const double w : {1 + 0.01 * half, 1 + 0.99 * half, -1 - 0.5 * half}) {
    CHECK(fake_quantize(w, 1, quantizer->grid()) == 1);
    CHECK(ours(*ste, w, 1) == 0);
  }
  for (const double w : {1 + 1.01 * half, -1.2}) CHECK(fake_quantize(w, 1, quantizer->grid()) == ours(*ste, w, 1));
}

TEST_CASE("the sum that goes on for ever says how far it is from the published one", "[sigmoid-sum]") {
  const auto quantizer = test::quantizer("uniform:bits=2,range=1");
  const auto infinite = test::estimator("sigmoid-sum", quantizer->grid());
  double largest = 0;
  for (int i = 0; i <= 2000; ++i) {
    const double w = i / 1000.0 - 1;
    largest = std::max(largest, std::abs(infinite->derivative(w) - sum_of_sigmoids(w, 1, quantizer->grid())));
  }
  CHECK(largest == Approx(0.27).epsilon(0.01));
  REQUIRE(infinite->remarks().size() == 1);
  CHECK_THAT(infinite->remarks()[0], Catch::Contains(fmt::format("q is up to {:.3g} larger here", largest)));
  CHECK(test::estimator("sigmoid-sum:finite=true", quantizer->grid())->remarks().empty());
}
