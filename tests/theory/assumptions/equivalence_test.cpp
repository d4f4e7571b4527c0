// SPDX-License-Identifier: MIT
#include "theory/assumptions/equivalence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/recipes.hpp"
#include "theory/rescaling.hpp"

using namespace steq;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

const UpdateRule kAdam = AdaptiveMoments{.beta1 = 0.9, .beta2 = 0.95, .epsilon = 1e-8, .bias_corrected = true};

}  // namespace

TEST_CASE("SGD takes alpha and M", "[equivalence]") {
  const auto estimator = test::estimator("dsq:k=6.5", "uniform:bits=2,range=1");
  const Equivalence result = equivalence_of(*estimator, HeavyBall{});
  CHECK(result.alpha.value() == Rescaling(*estimator).alpha());
  CHECK(result.learning_rate_factor == result.alpha);
  CHECK(result.maps_initialization);
  CHECK(result.in_class);
  CHECK(result.reasons.empty());
}

TEST_CASE("a scale-invariant optimizer takes nothing, and alpha is still reported", "[equivalence]") {
  const auto estimator = test::estimator("cosine", "uniform:bits=3,range=1");
  const Equivalence result = equivalence_of(*estimator, kAdam);
  CHECK(result.alpha.value() == Approx(0.8));
  CHECK(result.learning_rate_factor.value() == 1);
  CHECK_FALSE(result.maps_initialization);
  CHECK(result.in_class);
}

TEST_CASE("with one threshold alpha is free, and the result says so", "[equivalence]") {
  for (const char* grid : {"sign", "uniform:bits=1"}) {
    const Equivalence result = equivalence_of(*test::estimator("triangular", grid), HeavyBall{});
    CHECK(result.in_class);
    REQUIRE(result.reasons.size() == 1);
    CHECK(result.reasons[0] == "one threshold: alpha is free; the value given keeps +-range fixed");
  }
}

TEST_CASE("an estimator without rescaling is not in the class", "[equivalence]") {
  const auto estimator = test::estimator("dsq:k=1000", "sign");
  for (const UpdateRule& rule : {UpdateRule(HeavyBall{}), kAdam}) {
    const Equivalence result = equivalence_of(*estimator, rule);
    CHECK_FALSE(result.alpha.has_value());
    CHECK(result.learning_rate_factor.has_value() == std::holds_alternative<AdaptiveMoments>(rule));
    CHECK_FALSE(result.in_class);
    CHECK_THAT(result.reasons.at(0), StartsWith("positivity: q comes down to 0"));
  }
}

TEST_CASE("what keeps an estimator out of the class is named as check names it", "[equivalence]") {
  const std::pair<const char*, const char*> cases[] = {
      {"ewgs", "function-of-the-weight: q depends on the gradient's sign; the factor at "},
      {"stochastic-ste", "function-of-the-weight: q is drawn at random; the factor at "},
      {"swish-sign", "positivity: q = -"},
      {"sigmoid-sum:finite=true",
       "equal-harmonic-means: only approximately in the class: alpha differs from bin to bin, 0.876224 to 0.877912 "
       "over "
       "the finite bins, a relative spread of "},
      {"formula:q=1+0.2*g*u", "function-of-the-weight: q depends on the gradient's sign"},
      {"formula:q=1.5-abs(w)/W", "equal-harmonic-means: not in the class: alpha differs from bin to bin"}};
  for (const auto& [spec, reason] : cases) {
    INFO(spec);
    const Equivalence result = equivalence_of(*test::estimator(spec, "uniform:bits=3,range=1"), HeavyBall{});
    CHECK_FALSE(result.in_class);
    CHECK_FALSE(result.alpha.has_value());
    CHECK_FALSE(result.learning_rate_factor.has_value());
    const bool named = std::ranges::any_of(result.reasons, [&](const std::string& r) { return r.starts_with(reason); });
    CAPTURE(result.reasons);
    CHECK(named);
  }
  for (const char* spec : {"ewgs:delta=0", "stochastic-ste:noise=0"})
    CHECK(equivalence_of(*test::estimator(spec, "uniform:bits=2,range=1"), HeavyBall{}).alpha.value() == 1);
}

TEST_CASE("an estimator outside the class can have an alpha all the same", "[equivalence]") {
  const Equivalence power = equivalence_of(*test::estimator("power", "uniform:bits=2,range=1"), HeavyBall{});
  CHECK_FALSE(power.in_class);
  CHECK(power.alpha.value() == Approx(5.0 / 9));
  CHECK_THAT(power.reasons.at(0), StartsWith("upper-bound: q has no upper bound"));
  const Equivalence approx = equivalence_of(*test::estimator("approx-sign", "sign:range=1"), HeavyBall{});
  CHECK_FALSE(approx.in_class);
  CHECK(approx.alpha.value() == 2);
  CHECK_THAT(approx.reasons.at(0), StartsWith("positivity: q = 0 at w = "));
  CHECK(approx.reasons.at(2) == "M leads beyond the range: the STE's gradients must not be masked there (gate=none)");
  const Equivalence steps = equivalence_of(*test::estimator("piecewise-linear", "uniform:bits=2"), HeavyBall{});
  CHECK_FALSE(steps.in_class);
  CHECK(steps.alpha.value() == Approx(0.64));
  CHECK(steps.reasons == std::vector<std::string>{"lipschitz: q jumps from 1.6 to 0.4 at w = 0.166667"});
}

TEST_CASE("without alpha there is a reason, and in the class there is an alpha", "[equivalence]") {
  for (const char* grid : {"uniform:bits=3,range=0.2", "sign:range=0.7"})
    for (const std::string& spec : test::estimator_specs())
      for (const UpdateRule& rule : {UpdateRule(HeavyBall{}), kAdam}) {
        INFO(spec << " on " << grid);
        const Equivalence result = equivalence_of(*test::estimator(spec, grid), rule);
        if (result.in_class) CHECK(result.alpha.has_value());
        if (!result.in_class) CHECK_FALSE(result.reasons.empty());
      }
  const Equivalence steep = equivalence_of(*test::estimator("dsq:k=365", "sign"), HeavyBall{});
  CHECK_FALSE((steep.in_class || steep.alpha));
  CHECK_THAT(steep.reasons.at(0), Contains("diverges or is too large for double precision"));
}

TEST_CASE("an assumption that an optimizer does not need is named as such", "[equivalence]") {
  const auto estimator = test::estimator("sigmoid-sum:finite=true", "uniform:bits=3,range=1");
  const Equivalence result = equivalence_of(*estimator, kAdam);
  CHECK_FALSE(result.in_class);
  CHECK_THAT(result.reasons.at(0),
             StartsWith("equal-harmonic-means: ") && Catch::EndsWith("(no matter to this optimizer)"));
}

TEST_CASE("what an estimator has to say of itself is told", "[equivalence]") {
  const Equivalence result = equivalence_of(*test::estimator("sigmoid-sum", "uniform:bits=2"), HeavyBall{});
  CHECK(result.in_class);
  REQUIRE(result.reasons.size() == 1);
  CHECK_THAT(result.reasons[0], Contains("finite sum (finite=true)") && Contains("q is up to 0.272 larger here"));
}

TEST_CASE("where M moves the end of the mask, the result says where to", "[equivalence]") {
  const auto estimator = test::estimator("reste:o=1,t=1.5", "sign:range=1");
  const Equivalence result = equivalence_of(*estimator, HeavyBall{});
  CHECK(result.in_class);
  CHECK(result.alpha.value() == Approx(1));
  CHECK(result.reasons.at(1) == "the STE's gradients would have to be masked beyond +-1.5, not +-1");
  const auto open = test::estimator("sigmoid-sum:finite=true,gate=none", "uniform:bits=2,range=1");
  CHECK(equivalence_of(*open, HeavyBall{}).reasons.empty());
}

TEST_CASE("a layer-wide factor is no matter of alpha and M", "[equivalence]") {
  const auto estimator = test::estimator("magnitude-aware", "uniform:bits=2,range=1");
  for (const UpdateRule& rule : {UpdateRule(HeavyBall{}), kAdam}) {
    const Equivalence result = equivalence_of(*estimator, rule);
    CHECK_FALSE(result.in_class);
    CHECK_FALSE(result.alpha.has_value());
    const bool named = std::ranges::any_of(result.reasons, [](const std::string& reason) {
      return reason.find("q depends on the other weights of the layer: a learning-rate factor") != std::string::npos;
    });
    CHECK(named);
    for (const std::string& reason : result.reasons) CHECK_THAT(reason, !StartsWith("equal-harmonic-means"));
  }
}

TEST_CASE("an asymmetric formula with one threshold: M does not keep the range, and the result says so",
          "[equivalence]") {
  const auto estimator = test::estimator("formula:q=1+u", "sign:range=1");
  const Equivalence result = equivalence_of(*estimator, HeavyBall{});
  CHECK(result.in_class);
  CHECK(result.alpha.value() == Approx(1 / std::log(3)));  // mean of 1 / (1 + w / 2) over [-1, 1] is ln 3
  REQUIRE(result.reasons.size() == 2);
  CHECK(result.reasons[0] ==
        "one threshold: alpha is free; the value given is the harmonic mean of q over the range, and M does not keep "
        "+-range fixed");
  CHECK(result.reasons[1] == "the STE's gradients would have to be masked outside [-1.26186, 0.73814], not +-1");
  const Equivalence jumps = equivalence_of(*test::estimator("formula:q=1+u", "uniform:bits=2,range=1"), HeavyBall{});
  CHECK_FALSE(jumps.in_class);  // at the levels
  CHECK(jumps.alpha.has_value());
}
