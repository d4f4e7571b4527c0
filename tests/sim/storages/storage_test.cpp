// SPDX-License-Identifier: MIT
#include "sim/storages/storage.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/plugin_files.hpp"

using namespace steq;

namespace {

std::unique_ptr<Storage> storage(const std::string& name) { return storage_registry().make({name, {}}, "storage"); }

}  // namespace

TEST_CASE("every storage's file is in the registry, and documents itself", "[storages]") {
  CHECK(test::plugin_files("sim/storages", "StorageRegistry") == test::sorted(storage_registry().names()));
  for (const auto& entry : storage_registry().entries()) CHECK_FALSE(entry.info.summary.empty());
}

TEST_CASE("what is kept of a weight", "[storages]") {
  const GridFrame frame{-1, 0.5, 0.5};
  std::vector<float> w{-3, -1, 0.2F, 0.5F, 0.6F};
  CHECK((storage("latent")->keeps_all() && storage("latent")->trains()));
  CHECK((storage("frozen")->keeps_all() && !storage("frozen")->trains()));
  CHECK_FALSE(storage("clip")->keeps_all());
  storage("clip")->keep(std::span<float>(w), {.frame = frame});
  CHECK(w == std::vector<float>{-1, -1, 0.2F, 0.5F, 0.5F});
}

TEST_CASE("a fixed-point weight moves by what its update is rounded to", "[storages]") {
  const auto moved = [](const std::string& spec, double change) {
    const auto made = storage_registry().make(parse_spec(spec, "storage"), "storage");
    double w = 0.5;
    made->add(std::span<double>(&w, 1), std::span<double>(&change, 1), {});
    return w;
  };
  CHECK(moved("fixed-point:integer_bits=8,fraction_bits=8", -0.001) == 0.5);
  CHECK(moved("fixed-point:integer_bits=6,fraction_bits=10", -0.001) == 0.5 - std::exp2(-10));
  CHECK(moved("fixed-point:integer_bits=2,fraction_bits=14", -0.001) == 0.5 - 16 * std::exp2(-14));
  CHECK(moved("fixed-point:integer_bits=2,fraction_bits=4", 9) == 2 - 1.0 / 16);
  CHECK(moved("fixed-point:integer_bits=2,fraction_bits=4", 0.5 / 16) == 0.5);  // a tie goes down
  CHECK(moved("fixed-point:integer_bits=2,fraction_bits=4", -0.5 / 16) == 0.5 - 1.0 / 16);
}

TEST_CASE("stochastic rounding of updates is right in the mean, and draws anew in every step and weight",
          "[storages]") {
  const auto made = storage_registry().make(
      parse_spec("fixed-point:integer_bits=8,fraction_bits=8,rounding=stochastic", "storage"), "storage");
  CHECK(made->rounds_changes());
  double sum = 0;
  std::vector<double> first;
  constexpr int kSteps = 400;
  for (Step step = 1; step <= kSteps; ++step) {
    std::vector<double> w(100, 0.5), change(100, -0.001);
    made->add(std::span<double>(w), std::span<double>(change), {.seed = 1, .step = step});
    for (const double x : w) sum += (0.5 - x) * 256;
    CHECK(w != first);
    first = w;
  }
  const double n = 100.0 * kSteps, p = 0.256;  // of a step of 2^-8
  CHECK(std::abs(sum / n - p) < 4 * std::sqrt(p * (1 - p) / n));
}
