// SPDX-License-Identifier: MIT
// Gradients through a bucket's scaling: the worked example, and tensors whose buckets lie across blocks.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/training/weight_tensor.hpp"
#include "tests/recipes.hpp"

using namespace steq;

namespace {

/// What one update of rate 1 subtracts from the weights.
std::vector<double> subtracted(const std::string& quantizer_spec, const std::vector<double>& w,
                               const std::vector<double>& gradient, const std::string& optimizer_spec = "sgd",
                               double factor = 1) {
  auto quantizer = test::quantizer(quantizer_spec);
  auto estimator = test::estimator("through-scaling", quantizer->grid());
  const auto optimizer = optimizer_registry().make(parse_spec(optimizer_spec, ""), "");
  WeightTensor<double> tensor({.info = {"w", {w.size()}, 6, Initialization::he_uniform, true, true},
                               .initial = w,
                               .optimizer = optimizer.get(),
                               .quantizer = std::move(quantizer),
                               .estimator = std::move(estimator)});
  std::vector<Buffer<double>> gradients;
  std::ranges::copy(gradient, gradients.emplace_back(w.size()).data());
  const UpdateJob<double> job{.context = {1, 1}, .gradients = gradients, .gradient_factor = factor};
  REQUIRE(tensor.gathers());
  tensor.gather(job);
  for (std::size_t b = tensor.blocks(); b-- > 0;) tensor.update_block(b, job);
  std::vector<double> change;
  for (std::size_t i = 0; i < w.size(); ++i) change.push_back(w[i] - tensor.latent()[i]);
  return change;
}

/// sum of g Q(w) over one bucket, with rounding as a shift that stays as it is at `fixed`: the scaling alone moves.
double scaled(const std::vector<double>& w, const std::vector<double>& g, const std::vector<double>& fixed, int steps) {
  const auto [low0, high0] = std::ranges::minmax(fixed);
  const auto [low, high] = std::ranges::minmax(w);
  double sum = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double h0 = (fixed[i] - low0) / (high0 - low0), shift = std::ceil(h0 * steps - 0.5) / steps - h0;
    sum += g[i] * ((high - low) * ((w[i] - low) / (high - low) + shift) + low);
  }
  return sum;
}

std::vector<double> waves(std::size_t n, double frequency) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = std::sin(frequency * static_cast<double>(i + 1));
  return values;
}

}  // namespace

TEST_CASE("gradients through the scaling are those of the worked example", "[through-scaling]") {
  const std::vector<double> w{0.40, -0.30, 0.20, 0.90, -0.70, 0.25, 0.05, -0.10, 0.33, -0.45};
  const std::vector<double> g{.1, -.2, .3, .05, -.1, .2, -.3, .15, .25, -.05};
  const std::vector<double> wanted{0.1, -0.183333, 0.3, 0.033333, -0.142105, 0.242105, -0.3, 0.15, 0.25, -0.05};
  const std::vector<double> change = subtracted("bucketed:bits=2,bucket=4", w, g);
  for (std::size_t i = 0; i < w.size(); ++i) CHECK(change[i] == Approx(wanted[i]).margin(1e-6));
}

TEST_CASE("gradients through the scaling of a bucket across blocks are central differences", "[through-scaling]") {
  const std::vector<double> w = waves(2500, 0.7), g = waves(2500, 1.9);
  const std::vector<double> change = subtracted("bucketed:bits=2,bucket=0", w, g);
  const auto lowest = static_cast<std::size_t>(std::ranges::min_element(w) - w.begin());
  const auto highest = static_cast<std::size_t>(std::ranges::max_element(w) - w.begin());
  for (const std::size_t i : {lowest, highest, std::size_t{0}, std::size_t{1500}}) {
    const auto moved = [&](double shift) {
      std::vector<double> x = w;
      x[i] += shift;
      return scaled(x, g, w, 3);
    };
    constexpr double h = 1e-7;
    INFO("weight " << i);
    CHECK(change[i] == Approx((moved(h) - moved(-h)) / (2 * h)).epsilon(1e-6));
  }
  CHECK(std::abs(change[highest] - g[highest]) > 0.1);
}

TEST_CASE("every bucket has ends of its own, and other weights keep their gradient", "[through-scaling]") {
  const std::vector<double> w = waves(2500, 0.7), g = waves(2500, 1.9);
  const std::vector<double> change = subtracted("bucketed:bits=2,bucket=300", w, g);
  for (std::size_t first = 0; first < w.size(); first += 300) {
    const std::size_t end = std::min(first + 300, w.size());
    int moved = 0;
    double sum = 0;
    for (std::size_t i = first; i < end; ++i) moved += std::abs(change[i] - g[i]) > 1e-9, sum += change[i] - g[i];
    CHECK(moved == 2);
    CHECK(sum == Approx(0).margin(1e-12));  // what one end takes up, the other gives
  }
}

TEST_CASE("clipping to a norm before the estimator shrinks what the ends take up, too", "[through-scaling]") {
  const std::vector<double> w = waves(40, 0.7), g = waves(40, 1.9);
  const std::vector<double> whole = subtracted("bucketed", w, g);
  const std::vector<double> half = subtracted("bucketed", w, g, "sgd:clip_norm=1,clip_before_estimator=true", 0.5);
  const std::vector<double> after = subtracted("bucketed", w, g, "sgd:clip_norm=1", 0.5);
  for (std::size_t i = 0; i < w.size(); ++i) {
    CHECK(half[i] == Approx(whole[i] / 2).margin(1e-14));
    CHECK(after[i] == Approx(whole[i] / 2).margin(1e-14));
  }
}

TEST_CASE("weights that are all alike have no ends", "[through-scaling]") {
  const std::vector<double> w(8, 0.3), g = waves(8, 1.9);
  const std::vector<double> change = subtracted("bucketed:bucket=4", w, g);
  for (std::size_t i = 0; i < w.size(); ++i) CHECK(change[i] == Approx(g[i]).margin(1e-15));
}

TEST_CASE("through-scaling is refused where no scale is", "[through-scaling]") {
  CHECK_THROWS_AS(test::estimator("through-scaling", "uniform:bits=2"), InputError);
  CHECK_THROWS_AS(test::estimator("through-scaling", "points"), InputError);
  CHECK_NOTHROW(test::estimator("through-scaling", "bucketed"));
}
