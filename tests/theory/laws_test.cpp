// SPDX-License-Identifier: MIT
// Laws of random draws: worked examples, differences, and every law against its draws.
#include "theory/laws/law.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"
#include "theory/laws/discrete_posterior.hpp"
#include "theory/laws/dorefa_gradient.hpp"
#include "theory/laws/expected_signs.hpp"

using namespace steq;

TEST_CASE("moments of a posterior and the sign of the worked example", "[laws]") {
  const std::vector<double> values{-1, 0, 1}, inputs{0.6, -1, 0.4};
  const std::vector<std::vector<double>> shares{{.2, .3, .5}, {.5, .4, .1}, {.1, .2, .7}};
  std::vector<Moments> weights;
  for (const auto& share : shares) weights.push_back(weight_moments(values, share));
  const Moments z = preactivation_moments(weights, inputs);
  CHECK(z.mean == Approx(0.82).epsilon(1e-12));
  CHECK(z.variance == Approx(0.73).epsilon(1e-12));
  CHECK(positive_probability(z) == Approx(0.831406).margin(5e-7));
}

TEST_CASE("a reparametrized pre-activation has the slope of its path", "[laws]") {
  constexpr double h = 1e-6;
  const Moments z{0.3, 0.8}, rates{1.4, -0.7};
  const auto at = [&](double t) { return Moments{z.mean + t * rates.mean, z.variance + t * rates.variance}; };
  for (const double noise : {-1.7, 0.0, 0.4}) {
    const double difference = (reparametrized(at(h), noise) - reparametrized(at(-h), noise)) / (2 * h);
    CHECK(reparametrized_slope(z, rates, noise) == Approx(difference).epsilon(1e-8));
  }
}

TEST_CASE("the update of expectation backpropagation is the slope of the log probability", "[laws]") {
  const std::vector<double> inputs{1, -1, 1, 1};
  const std::vector<double> h{0.2, -0.5, 0.9, 0};
  const Moments z = sign_preactivation(h, inputs);
  CHECK(expected_sign(z) == Approx(2 * normal_below(z.mean / z.deviation()) - 1).epsilon(1e-15));
  constexpr double d = 1e-6;
  for (const double target : {-1.0, 1.0})
    for (const double v : inputs) {
      // The variance stands: its change is of higher order.
      const auto log_probability = [&](double shift) {
        return std::log(normal_below(target * (z.mean + shift * v) / z.deviation()));
      };
      const double slope = (log_probability(d) - log_probability(-d)) / (2 * d);
      CHECK(sign_update(z, v, target) == Approx(slope).epsilon(1e-7));
    }
}

TEST_CASE("DoReFa's gradients of the worked example", "[laws]") {
  const double gradients[] = {.02, -.05, 0, .1}, noise[] = {.3, -.2, .4, -.45};
  const double wanted[] = {0.033333, -0.033333, 0.033333, 0.1};
  for (int i = 0; i < 4; ++i) CHECK(dorefa_gradient(gradients[i], 0.1, 2, noise[i]) == Approx(wanted[i]).margin(1e-6));
}

TEST_CASE("every law holds for its draws, and for other draws than before", "[laws]") {
  for (const auto& entry : law_registry().entries()) {
    INFO(entry.info.name);
    const Spec spec = example_of(entry.info);
    const Profile profile = law_registry().make(spec, "", LawDraws{3, 5000});
    CHECK(profile.at.size() >= 8);
    CHECK(profile.deviation() < 0.15);
    CHECK(profile.deviation() > 0);
    CHECK(law_registry().make(spec, "", LawDraws{3, 5000}).measured == profile.measured);
    CHECK(law_registry().make(spec, "", LawDraws{4, 5000}).measured != profile.measured);
  }
}

TEST_CASE("more weights bring Bayes' rule and expectation backpropagation together", "[laws]") {
  const auto deviation = [](int inputs) {
    return law_registry()
        .make(parse_spec(fmt::format("expectation-backprop:inputs={}", inputs), ""), "", LawDraws{})
        .deviation();
  };
  CHECK(deviation(1601) < deviation(101));
  CHECK(deviation(1601) < 0.02);
}

TEST_CASE("a law refuses what it does not speak of", "[laws]") {
  CHECK_THROWS_AS(law_registry().make(parse_spec("relaxed-shares:levels=1", ""), "", LawDraws{}), InputError);
  CHECK_THROWS_AS(law_registry().make(parse_spec("local-reparametrization:inputs=13", ""), "", LawDraws{}), InputError);
}
