// SPDX-License-Identifier: MIT
// What is no quantizer's rule: a struct in which one function is missing or has another type is refused when it is
// compiled.
#include <catch2/catch.hpp>

#include "sim/quantizers/quantizer_rule.hpp"

using namespace steq;

namespace {

struct Lowest {
  const Grid& grid() const { return made; }
  template <class T>
  void apply(std::span<const T>, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    std::fill(level.begin(), level.end(), Level{0});
    std::fill(value.begin(), value.end(), static_cast<T>(made.levels[0]));
  }
  Grid made{.levels = {-1, 1}, .thresholds = {0}, .range = 1, .delta = 2};
};

// A deleted function is one that cannot be called, as a forgotten one.
struct WithoutGrid : Lowest {
  const Grid& grid() const = delete;
};
struct CopiedGrid : Lowest {
  Grid grid() const { return made; }
};
struct ForDoubleOnly : Lowest {
  void apply(std::span<const double>, std::span<Level>, std::span<double>, const BlockPlace&) const {}
};

static_assert(QuantizerRule<Lowest>);
static_assert(!QuantizerRule<WithoutGrid>);
static_assert(!QuantizerRule<CopiedGrid>);
static_assert(!QuantizerRule<ForDoubleOnly>);
static_assert(!QuantizerRule<int>);

}  // namespace

TEST_CASE("a quantizer is its rule in both precisions", "[quantizers]") {
  const QuantizerOf<Lowest> quantizer(Lowest{});
  CHECK(quantizer.level_of(0.7) == 0);
  const std::vector<float> w{0.5F};
  std::vector<Level> level(1, 7);
  std::vector<float> value(1);
  quantizer.quantize(std::span<const float>(w), level, std::span<float>(value), {});
  CHECK((level[0] == 0 && value[0] == -1));
}
