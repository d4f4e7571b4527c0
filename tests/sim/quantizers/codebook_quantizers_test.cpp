// SPDX-License-Identifier: MIT
// Codebooks as quantizers of training: k-means, LQ-Nets, ADMM's projection, DoReFa, random rounding.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/models/model.hpp"
#include "tests/recipes.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

struct Coded {
  std::vector<Level> levels;
  std::vector<double> values;
};

Coded coded(const Quantizer& quantizer, const std::vector<double>& w, const BlockPlace& place) {
  Coded q{std::vector<Level>(w.size()), std::vector<double>(w.size())};
  quantizer.quantize(std::span<const double>(w), q.levels, std::span<double>(q.values), place);
  return q;
}

std::vector<double> fitted_to(const Quantizer& quantizer, const std::vector<double>& w) {
  std::size_t width = 0;
  for (const GridParameter& parameter : quantizer.parameters()) width += parameter.count;
  std::vector<double> numbers(width);
  quantizer.fit(std::span<const double>(w), numbers);
  return numbers;
}

}  // namespace

TEST_CASE("DoReFa's weights of the worked example, and their slope", "[codebook-quantizers]") {
  const auto quantizer = test::quantizer("dorefa:bits=2");
  const std::vector<double> w{-1.5, -.4, 0, .3, 2};
  const std::vector<double> numbers = fitted_to(*quantizer, w);
  CHECK(numbers[0] == Approx(std::tanh(2.0)).epsilon(1e-15));
  const Coded q = coded(*quantizer, w, {.grid = numbers});
  const std::vector<double> wanted{-1, -1.0 / 3, 1.0 / 3, 1.0 / 3, 1};
  for (std::size_t i = 0; i < w.size(); ++i) CHECK(q.values[i] == Approx(wanted[i]).epsilon(1e-15));
  std::vector<double> gradient(w.size(), 1);
  quantizer->multiply_slope(std::span<const double>(w), gradient, {.grid = numbers});
  for (std::size_t i = 0; i < w.size(); ++i) {
    constexpr double h = 1e-6;
    const double slope = (std::tanh(w[i] + h) - std::tanh(w[i] - h)) / (2 * h) / numbers[0];
    CHECK(gradient[i] == Approx(slope).epsilon(1e-8));
  }
  const Grid grid = quantizer->grid_at(numbers);
  for (const double t : grid.thresholds)
    CHECK(coded(*quantizer, {t - 1e-9}, {.grid = numbers}).levels[0] + 1 ==
          coded(*quantizer, {t + 1e-9}, {.grid = numbers}).levels[0]);
}

TEST_CASE("random rounding keeps the mean within four standard errors", "[codebook-quantizers]") {
  constexpr std::size_t n = 1024;
  for (const char* name : {"random-binary", "random-ternary"})
    for (const double w : {-1.7, -0.6, 0.0, 0.25, 0.9, 1.0}) {
      INFO(name << " of " << w);
      const auto quantizer = test::quantizer(name);
      double sum = 0, squares = 0;
      for (Step step = 1; step <= 40; ++step)
        for (const double value : coded(*quantizer, std::vector<double>(n, w), {.seed = 3, .step = step}).values)
          sum += value, squares += value * value;
      const double mean = sum / (40.0 * n), spread = std::sqrt(std::max(squares / (40.0 * n) - mean * mean, 0.0));
      CHECK(std::abs(mean - std::clamp(w, -1.0, 1.0)) <= 4 * spread / std::sqrt(40.0 * n));
    }
  const BlockPlace hard{.seed = 3, .step = 1, .hard = true};
  CHECK(coded(*test::quantizer("random-binary"), {-0.1, 0, 0.1}, hard).values == std::vector<double>{-1, 1, 1});
  CHECK(coded(*test::quantizer("random-ternary"), {-0.6, 0.5, 1.5}, hard).values == std::vector<double>{-1, 0, 1});
  const Coded once = coded(*test::quantizer("random-binary"), {0.1, 0.1, 0.1, 0.1}, {.seed = 3, .step = 1, .first = 8});
  const Coded part = coded(*test::quantizer("random-binary"), {0.1, 0.1}, {.seed = 3, .step = 1, .first = 10});
  CHECK(std::equal(part.values.begin(), part.values.end(), once.values.begin() + 2));
}

TEST_CASE("clusters are found once, or anew from the centres of then", "[codebook-quantizers]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 20, 3);
  const ModelSpec model = model_registry().make(parse_spec("mlp:hidden=6,depth=1", ""), "model", data.image, 3);
  const auto numbers_after = [&](const std::string& quantizer, std::size_t steps) {
    LearnerSetup setup = test::learner("a", model, "ste", "sgd", 0.5);
    setup.quantizer = parse_spec(quantizer, "");
    Cohort<double> cohort(model, data, {setup}, {.batch_size = 10, .steps = steps});
    cohort.run({}, false);
    for (const WeightTensor<double>& tensor : cohort.learners()[0].tensors())
      if (tensor.quantized()) {
        const auto all = tensor.grid().of_group(0);
        return std::vector<double>(all.begin(), all.end());
      }
    return std::vector<double>();
  };
  const std::vector<double> start = numbers_after("kmeans:levels=3", 0);
  REQUIRE(start.size() == 3);
  CHECK(numbers_after("kmeans:levels=3", 5) == start);
  CHECK(numbers_after("kmeans:levels=3,refit_every=4", 3) == start);
  const std::vector<double> refitted = numbers_after("kmeans:levels=3,refit_every=4", 4);
  CHECK(refitted != start);
  CHECK(numbers_after("kmeans:levels=3,refit_every=4", 6) == refitted);
}

namespace {

/// Lloyd's algorithm from its definition, each weight counted as often as its curvature says.
std::vector<double> slowly_clustered(std::vector<double> centres, std::span<const double> w,
                                     std::span<const double> h) {
  for (int round = 0; round < 1000; ++round) {
    std::vector<double> sums(centres.size()), counts(centres.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      std::size_t nearest = 0;
      for (std::size_t c = 1; c < centres.size(); ++c)
        if (std::abs(w[i] - centres[c]) < std::abs(w[i] - centres[nearest])) nearest = c;
      sums[nearest] += h[i] * w[i], counts[nearest] += h[i];
    }
    for (std::size_t c = 0; c < centres.size(); ++c)
      if (counts[c] > 0) centres[c] = sums[c] / counts[c];
  }
  return centres;
}

}  // namespace

TEST_CASE("clusters weighed by Adam's second moments are those of Lloyd's algorithm", "[codebook-quantizers]") {
  const Dataset data = test::random_dataset({1, 4, 4}, 20, 3);
  const ModelSpec model = model_registry().make(parse_spec("mlp:hidden=6,depth=1", ""), "model", data.image, 3);
  LearnerSetup setup = test::learner("a", model, "ste", "adam", 0.05);
  setup.quantizer = parse_spec("kmeans:levels=3,refit_every=4,curvature=adam", "");
  Cohort<double> cohort(model, data, {setup}, {.batch_size = 10, .steps = 4});
  std::vector<std::vector<double>> before;
  for (const auto& tensor : cohort.learners()[0].tensors()) {
    const auto numbers = tensor.quantized() ? tensor.grid().of_group(0) : std::span<const double>();
    before.emplace_back(numbers.begin(), numbers.end());
  }
  cohort.run({}, false);
  for (std::size_t t = 0; t < before.size(); ++t) {
    const WeightTensor<double>& tensor = cohort.learners()[0].tensors()[t];
    if (!tensor.quantized()) continue;
    const std::vector<double> slow = slowly_clustered(before[t], tensor.latent(), tensor.states()[1].span());
    const std::vector<double> plain =
        slowly_clustered(before[t], tensor.latent(), std::vector<double>(tensor.latent().size(), 1.0));
    CHECK(slow != plain);
    for (std::size_t c = 0; c < slow.size(); ++c) CHECK(tensor.grid().of_group(0)[c] == Approx(slow[c]).epsilon(1e-12));
  }
}

TEST_CASE("curvature by moments is refused where no moment will be seen", "[codebook-quantizers]") {
  CHECK_THROWS_AS(test::quantizer("kmeans:curvature=adam"), InputError);
  CHECK(test::quantizer("kmeans:curvature=adam,refit_every=1")->weighs_by_moments());
  CHECK(!test::quantizer("kmeans:refit_every=1")->weighs_by_moments());
  for (const auto& entry : optimizer_registry().entries()) {
    const auto optimizer = optimizer_registry().make(example_of(entry.info), "");
    CHECK(optimizer->second_moment().has_value() == std::holds_alternative<AdaptiveMoments>(optimizer->rule()));
  }
}

TEST_CASE("the loss-aware scale of binary weights is that of the worked example", "[codebook-quantizers]") {
  const std::vector<double> w{0.9, -0.6, 0.1, -0.3, 0.5, -0.05, 0.7, -0.8}, d{1, 2, .5, 1, 4, 1, 1, .5};
  std::vector<double> scale(1);
  test::quantizer("xnor")->fit(std::span<const double>(w), std::span<const double>(d), scale);
  CHECK(scale[0] == Approx(0.509091).margin(5e-7));
  // It is where the weighted squared error is least.
  const auto error = [&](double a) {
    double sum = 0;
    for (std::size_t i = 0; i < w.size(); ++i) sum += d[i] * std::pow(std::abs(w[i]) - a, 2);
    return sum;
  };
  CHECK(error(scale[0]) < std::min(error(scale[0] - 0.001), error(scale[0] + 0.001)));
}
