// SPDX-License-Identifier: MIT
#include "sim/estimators/gate.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Contains;

namespace {

/// Which of the weights pass, as 1 and 0.
std::vector<int> open(const std::string& gate, const std::string& grid, const std::vector<double>& w) {
  const auto quantizer = test::quantizer(grid);
  const auto estimator = test::estimator("ste:gate=" + gate, quantizer->grid());
  std::vector<double> gradient(w.size(), 1);
  estimator->backward(std::span<const double>(w), std::span<double>(gradient), {});
  for (std::size_t i = 0; i < w.size(); ++i) CHECK(estimator->passes(w[i]) == (gradient[i] == 1));
  return {gradient.begin(), gradient.end()};
}

}  // namespace

TEST_CASE("a gate is open in a band of the grid", "[gate]") {
  const std::string uniform = "uniform:bits=2,range=0.75";  // levels -0.75, -0.25, 0.25, 0.75
  const std::vector<double> w{-1.01, -1, -0.99, -0.75, -0.51, -0.4, 0, 0.49, 0.51, 0.75, 0.76, 1, 5};
  CHECK(open("none", uniform, w) == std::vector<int>(w.size(), 1));
  CHECK(open("range", uniform, w) == std::vector<int>{0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0});
  CHECK(open("half-bin", uniform, w) == std::vector<int>{0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0});
  CHECK(open("rounded", uniform, w) == std::vector<int>{0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0});
  const std::string integer = "integer:bits=2,step=0.5";  // -1, -0.5, 0, 0.5
  CHECK(open("range", integer, {-1.01, -1, 0.5, 0.51}) == std::vector<int>{0, 1, 1, 0});
  CHECK(open("half-bin", integer, {-1.25, -1.24, 0.74, 0.75}) == std::vector<int>{0, 1, 1, 0});
}

TEST_CASE("auto is the range where the quantizer clips, else none", "[gate]") {
  for (const auto& [grid, word] : {std::pair{"uniform", "range"},
                                   {"sign", "range"},
                                   {"integer", "range"},
                                   {"lsq", "range"},
                                   {"twn", "none"},
                                   {"xnor", "none"},
                                   {"absmean-ternary", "none"},
                                   {"fixed-point", "range"},
                                   {"ttq", "none"},
                                   {"ceil", "none"},
                                   {"soft-staircase:temperature=5", "none"}})
    CHECK(automatic_gate(test::quantizer(grid)->grid()) == word);
}

TEST_CASE("estimators that count in bins are refused where these differ in width", "[gate]") {
  const Grid uneven = test::quantizer("twn")->grid();
  for (const auto& entry : estimator_registry().entries()) {
    const std::string& name = entry.info.name;
    INFO(name);
    if (!entry.info.needs.empty()) continue;
    const std::string spec = to_text(example_of(entry.info));
    const bool flat = name == "ste" || name == "magnitude-aware" || name == "stochastic-ste";
    if (flat || name == "reste" || name == "swish-sign")
      CHECK_NOTHROW(test::estimator(spec, uneven));
    else
      CHECK_THROWS_WITH(test::estimator(spec, uneven), Contains(" is not allowed: it counts in bins"));
  }
}

TEST_CASE("a gate that the grid does not allow is refused", "[gate]") {
  CHECK_THROWS_WITH(test::estimator("ste:gate=half-bin", test::quantizer("twn")->grid()), Contains("differ in width"));
  CHECK_THROWS_WITH(test::estimator("ste:gate=rounded", "sign:range=1"), Contains("on two levels"));
  CHECK_THROWS_WITH(test::estimator("ste:gate=range,clip=true", "sign:range=1"),
                    Contains("estimator.clip: not allowed beside gate"));
  CHECK_THROWS_WITH(test::estimator("ste:clip=3", "sign:range=1"), Contains("allowed: true or false"));
}
