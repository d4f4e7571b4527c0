// SPDX-License-Identifier: MIT
// What every registered source of gradients must satisfy.
#include "sim/scalars/gradient_source.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/plugin_files.hpp"

using namespace steq;

namespace {

std::unique_ptr<GradientSource> source(const std::string& spec, std::uint64_t seed = 1) {
  return gradient_source_registry().make(parse_spec(spec, "gradient"), "gradient", seed);
}

std::vector<double> draw(const GradientSource& source, Step step, std::size_t first, std::size_t n = kBlock) {
  std::vector<double> gradient(n);
  source.fill(step, first, gradient);
  return gradient;
}

}  // namespace

TEST_CASE("a source has the moments that it declares", "[scalars]") {
  for (const char* spec :
       {"constant:mean=-0.7", "coin", "coin:mean=2,deviation=0.5", "normal", "normal:mean=-1,deviation=3"}) {
    INFO(spec);
    const auto made = source(spec);
    double sum = 0, square = 0, absolute = 0, n = 0;
    for (Step step = 1; step <= 300; ++step)
      for (const double g : draw(*made, step, (step % 7) * kBlock)) {
        const double about = g - made->mean();
        sum += about, square += about * about, absolute += std::abs(about), n += 1;
      }
    const double margin = 5 * made->deviation() / std::sqrt(n);
    CHECK(sum / n == Approx(0).margin(margin + 1e-12));
    CHECK(std::sqrt(square / n) == Approx(made->deviation()).margin(margin));
    CHECK(absolute / n == Approx(made->absolute_share() * made->deviation()).margin(margin));
  }
}

TEST_CASE("gradients are a pure function of seed, step and index", "[scalars]") {
  for (const std::string& name : gradient_source_registry().names()) {
    INFO(name);
    const auto made = source(name);
    const std::vector<double> block = draw(*made, 5, kBlock);
    CHECK(draw(*source(name), 5, kBlock) == block);
    const std::vector<double> part = draw(*made, 5, kBlock, 37);
    CHECK(std::equal(part.begin(), part.end(), block.begin()));
    if (made->deviation() == 0) continue;
    CHECK(draw(*made, 6, kBlock) != block);
    CHECK(draw(*made, 5, 0) != block);
    CHECK(draw(*source(name, 2), 5, kBlock) != block);
  }
}

TEST_CASE("every source's file is in the registry, and documents itself", "[scalars]") {
  CHECK(test::plugin_files("sim/scalars", "GradientSourceRegistry") ==
        test::sorted(gradient_source_registry().names()));
  for (const auto& entry : gradient_source_registry().entries()) {
    CHECK_FALSE(entry.info.formula.empty());
    for (const ParameterInfo& parameter : entry.info.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
}
