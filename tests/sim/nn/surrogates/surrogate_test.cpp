// SPDX-License-Identifier: MIT
#include "sim/nn/surrogate.hpp"

#include <catch2/catch.hpp>

#include "tests/plugin_files.hpp"
#include "tests/recipes.hpp"

using namespace steq;
using Catch::Contains;

namespace {

std::vector<double> surrogate_slopes(const std::string& name, const std::string& grid, const std::vector<double>& x) {
  const auto quantizer = test::quantizer(grid);
  const auto surrogate = surrogate_registry().make({name, {}}, "surrogate", quantizer->grid());
  std::vector<double> all;
  for (const double at : x) all.push_back(surrogate->slope(at));
  return all;
}

const std::vector<double> kCoarseX{-0.5, 0, 0.3, 1, 1.2, 2.9, 3, 5};

}  // namespace

TEST_CASE("the quantized ReLU rounds up", "[surrogates]") {
  std::vector<Level> level(kCoarseX.size());
  std::vector<double> value(kCoarseX.size());
  test::quantizer("ceil:bits=2")->quantize(std::span<const double>(kCoarseX), level, std::span(value), {});
  CHECK(value == std::vector<double>{0, 0, 1, 1, 2, 3, 3, 3});
  test::quantizer("ceil:bits=1")->quantize(std::span<const double>(kCoarseX), level, std::span(value), {});
  CHECK(value == std::vector<double>{0, 0, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("slopes of the worked example", "[surrogates]") {
  const std::vector<double> expected{0, 0, 0.904837, 0.716531, 0.670320, 0.380349, 0.367879, 0.188876};
  const std::vector<double> decay = surrogate_slopes("reverse-exponential", "ceil:bits=2", kCoarseX);
  for (std::size_t i = 0; i < kCoarseX.size(); ++i) CHECK(decay[i] == Approx(expected[i]).margin(1e-6));
  CHECK(surrogate_slopes("relu", "ceil:bits=2", kCoarseX) == std::vector<double>{0, 0, 1, 1, 1, 1, 1, 1});
  CHECK(surrogate_slopes("clipped-relu", "ceil:bits=2", kCoarseX) == std::vector<double>{0, 0, 1, 1, 1, 1, 0, 0});
  CHECK(surrogate_slopes("identity", "ceil:bits=2", kCoarseX) == std::vector<double>(8, 1));
  CHECK(surrogate_slopes("saturated", "ceil:bits=2", kCoarseX) == std::vector<double>{0, 1, 1, 1, 1, 1, 1, 0});
  const std::vector<double> tail = surrogate_slopes("log-tailed", "ceil:bits=2", kCoarseX);
  CHECK((tail[6] == 1 && tail[7] == Approx(1.0 / 3).epsilon(1e-12) && tail[1] == 0));
}

TEST_CASE("slopes are those of the surrogate's own function", "[surrogates]") {
  const double q = 3, h = 1e-6;
  const auto exponential = [&](double x) { return q * (1 - std::exp(-x / q)); };
  const auto tailed = [&](double x) { return x <= q ? x : q + std::log(x - q + 1); };
  for (const double x : {0.4, 1.7, 3.5, 6.0}) {
    CHECK(surrogate_slopes("reverse-exponential", "ceil:bits=2", {x})[0] ==
          Approx((exponential(x + h) - exponential(x - h)) / (2 * h)).epsilon(1e-8));
    CHECK(surrogate_slopes("log-tailed", "ceil:bits=2", {x})[0] ==
          Approx((tailed(x + h) - tailed(x - h)) / (2 * h)).epsilon(1e-8));
    CHECK(surrogate_slopes("log-tailed", "ceil:bits=2,scale=0.5", {x / 2})[0] ==
          surrogate_slopes("log-tailed", "ceil:bits=2", {x})[0]);
  }
}

TEST_CASE("every surrogate has a file, documents itself, and refuses grids that it does not serve", "[surrogates]") {
  CHECK(test::plugin_files("sim/nn/surrogates", "SurrogateRegistry") == test::sorted(surrogate_registry().names()));
  for (const auto& entry : surrogate_registry().entries()) {
    INFO(entry.info.name);
    CHECK_FALSE(entry.info.summary.empty());
    CHECK_FALSE(entry.info.formula.empty());
    CHECK_FALSE(entry.info.citation.empty());
    CHECK_NOTHROW(surrogate_slopes(entry.info.name, test::grid_for(entry.info, "uniform"), {0.3}));
    if (!entry.info.needs.empty())
      CHECK_THROWS_WITH(surrogate_slopes(entry.info.name, "uniform", {0.3}), Contains("allowed: quantizer"));
  }
  CHECK(usual_surrogate(test::quantizer("ceil")->grid()) == "clipped-relu");
  CHECK(usual_surrogate(test::quantizer("soft-staircase:temperature=1")->grid()) == "exact");
  CHECK(usual_surrogate(test::quantizer("uniform")->grid()) == "saturated");
}
