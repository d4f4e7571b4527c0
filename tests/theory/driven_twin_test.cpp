// SPDX-License-Identifier: MIT
#include "theory/driven_twin.hpp"

#include <catch2/catch.hpp>

#include "theory/predictions/scalar_twin.hpp"

using namespace steq;

namespace {

ScalarTwin run(const std::string& estimator, const std::string& optimizer,
               const std::string& quantizer = "uniform:bits=2", Step steps = 200) {
  ScalarTwin twin({.quantizer = parse_spec(quantizer, ""),
                   .estimator = parse_spec(estimator, ""),
                   .optimizer = parse_spec(optimizer, ""),
                   .learning_rate = 0.002,
                   .gradient = parse_spec("coin:mean=0.3", ""),
                   .low = -1.4,
                   .high = 1.4,
                   .points = 600,
                   .weights = 600,
                   .steps = steps},
                  1);
  twin.run({}, false);
  return twin;
}

double largest_error(const ScalarTwin& twin) {
  double most = 0;
  for (const double error : twin.signed_errors()) most = std::max(most, std::abs(error));
  return most;
}

}  // namespace

TEST_CASE("the twin of the STE is the STE", "[twins]") {
  for (const char* optimizer :
       {"sgd", "sgd:momentum=0.9,weight_decay=0.1", "adam:decoupled_decay=0.1", "sgd:clip_norm=3"})
    CHECK(largest_error(run("ste:gate=none", optimizer)) < 1e-15);  // M rounds
}

TEST_CASE("before any update the twin stands at M(w), to the bit", "[twins]") {
  for (const char* quantizer : {"uniform:bits=1", "uniform:bits=2", "uniform:bits=4", "sign"}) {
    const ScalarTwin twin = run("dsq:k=6.5", "sgd", quantizer, 0);
    CHECK(largest_error(twin) == 0);
    CHECK_FALSE(twin.chart().identity());
    CHECK(twin.twin().latent(0)[1] != twin.start()[1]);
  }
}

TEST_CASE("signs are blind to the estimator", "[twins]") {
  CHECK(largest_error(run("dsq:k=6.5,gate=none", "signsgd")) == 0);
  CHECK(run("dsq:k=6.5", "signsgd").chart().identity());
}

TEST_CASE("a gradient that is masked for the learner is masked for its twin", "[twins]") {
  // Half a step over the end of the range, both stand still: what separates them there is what separated them before.
  const ScalarTwin twin = run("dsq:k=6.5", "sgd", "uniform:bits=2", 4000);
  const double range = twin.estimator().grid().range;
  std::size_t dead = 0;
  for (std::size_t i = 0; i < twin.end().size(); ++i)
    if (twin.end()[i] < -range) {
      ++dead;
      REQUIRE(twin.twin().latent(0)[i] == Approx(-range).margin(0.01));
    }
  CHECK(dead > 50);
}

TEST_CASE("an estimator without M has the plain STE for a twin", "[twins]") {
  const ScalarTwin twin = run("ewgs:gate=none", "sgd", "uniform:bits=2", 0);
  CHECK(twin.chart().identity());
  CHECK(twin.chart().alpha() == 1);
}
