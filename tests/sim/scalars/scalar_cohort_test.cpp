// SPDX-License-Identifier: MIT
#include "sim/scalars/scalar_cohort.hpp"

#include <catch2/catch.hpp>

#include "tests/slow/recipe.hpp"

using namespace steq;

namespace {

constexpr std::size_t kScalars = 2500;  // more than two blocks

LearnerSetup setup(const std::string& estimator, const std::string& optimizer) {
  std::vector<double> start(kScalars);
  for (std::size_t i = 0; i < kScalars; ++i) start[i] = -0.9 + 1.8 * static_cast<double>(i) / kScalars;
  return {.name = "w",
          .quantizer = parse_spec("uniform:bits=2", ""),
          .estimator = parse_spec(estimator, ""),
          .optimizer = parse_spec(optimizer, ""),
          .learning_rate = 0.01,
          .initial = {start},
          .rate_factors = {1},
          .seed = 1};
}

std::vector<double> trained(const LearnerSetup& setup, const GradientSource& source, int threads) {
  ScalarCohort cohort(kScalars, source, {setup, setup}, threads);
  cohort.run(50, {}, false);
  const auto first = cohort.learners()[0].tensors()[0].latent(), second = cohort.learners()[1].tensors()[0].latent();
  CHECK(std::equal(first.begin(), first.end(), second.begin()));
  return {first.begin(), first.end()};
}

}  // namespace

TEST_CASE("weights without a network follow the plain recipe", "[scalars]") {
  const auto source = gradient_source_registry().make(parse_spec("coin:mean=0.2", ""), "", std::uint64_t{3});
  const LearnerSetup dsq = setup("dsq:k=6.5", "sgd:momentum=0.9");
  const std::vector<double> fast = trained(dsq, *source, 1);
  std::vector<double> slow = dsq.initial[0], gradient(kScalars);
  const slow::SoftStep estimator{slow::Grid(6, 2), 6.5};
  const slow::Optimizer optimizer{.kind = slow::Optimizer::Kind::sgd, .momentum = 0.9};
  std::vector<slow::Optimizer::Moments> moments(kScalars);
  for (int t = 1; t <= 50; ++t) {
    for (std::size_t first = 0; first < kScalars; first += kBlock)
      source->fill(static_cast<Step>(t), first, std::span(gradient).subspan(first, std::min(kBlock, kScalars - first)));
    for (std::size_t i = 0; i < kScalars; ++i)
      slow[i] += optimizer.change(estimator.derivative(slow[i]) * gradient[i], 0.01, t, moments[i]);
  }
  for (std::size_t i = 0; i < kScalars; ++i) REQUIRE(fast[i] == Approx(slow[i]).epsilon(1e-12).margin(1e-13));
}

TEST_CASE("the number of threads changes no bit", "[scalars]") {
  const auto source = gradient_source_registry().make(parse_spec("normal", ""), "", std::uint64_t{3});
  const LearnerSetup adam = setup("cosine", "adam:clip_norm=0.3");
  CHECK(trained(adam, *source, 1) == trained(adam, *source, 3));
}
