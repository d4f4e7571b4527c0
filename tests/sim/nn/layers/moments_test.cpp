// SPDX-License-Identifier: MIT
#include "sim/nn/layers/moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace steq::layers;

namespace {

constexpr std::size_t kChannels = 3;

/// Values [pixels, channels] around `mean`.
std::vector<double> values(std::size_t pixels, double mean) {
  std::vector<double> x(pixels * kChannels);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = mean + std::sin(static_cast<double>(i * i));
  return x;
}

/// Of the pixels [first, last) of channels 1 and 2, by definition.
std::array<Moments, 2> by_definition(const std::vector<double>& x, std::size_t first, std::size_t last) {
  std::array<Moments, 2> all;
  for (std::size_t c = 0; c < 2; ++c) {
    const auto count = static_cast<double>(last - first);
    long double sum = 0, squares = 0;
    for (std::size_t p = first; p < last; ++p) sum += x[p * kChannels + 1 + c];
    for (std::size_t p = first; p < last; ++p) {
      const long double d = x[p * kChannels + 1 + c] - sum / count;
      squares += d * d;
    }
    all[c] = {count, static_cast<double>(sum / count), static_cast<double>(squares)};
  }
  return all;
}

void check(const std::array<Moments, 2>& found, const std::array<Moments, 2>& expected) {
  for (std::size_t c = 0; c < 2; ++c) {
    CHECK(found[c].count == expected[c].count);
    CHECK(found[c].mean == Approx(expected[c].mean).epsilon(1e-14));
    CHECK(found[c].m2 == Approx(expected[c].m2).epsilon(1e-9).margin(1e-12));
  }
}

}  // namespace

TEST_CASE("moments are those of the definition, however far from zero the values are", "[nn]") {
  for (const double mean : {0.0, 3.0, -1e6}) {
    CAPTURE(mean);
    const std::vector<double> x = values(50, mean);
    check(moments_of<2>(x.data() + 1, 50, kChannels), by_definition(x, 0, 50));
    check(moments_of<2>(x.data() + 1, 1, kChannels), by_definition(x, 0, 1));
  }
}

TEST_CASE("moments of two parts add up to those of the whole", "[nn]") {
  const std::vector<double> x = values(50, 1e3);
  std::array<Moments, 2> whole = moments_of<2>(x.data() + 1, 7, kChannels);
  const auto rest = moments_of<2>(x.data() + 1 + 7 * kChannels, 43, kChannels);
  for (std::size_t c = 0; c < 2; ++c) whole[c].add(rest[c]);
  check(whole, by_definition(x, 0, 50));
}
