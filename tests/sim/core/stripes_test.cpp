// SPDX-License-Identifier: MIT
#include "sim/core/stripes.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/core/random.hpp"

using namespace steq;

namespace {

template <class T>
std::vector<T> draws(std::size_t n) {
  RandomStream random(1, Purpose::synthetic_data, 0, static_cast<std::uint32_t>(n));
  std::vector<T> values(n);
  for (T& value : values) value = static_cast<T>(2 * random.uniform() - 1);
  return values;
}

/// The order that stripes.hpp promises, one value after the other.
template <class T>
double slow_striped_sum(const std::vector<T>& values) {
  std::array<double, 16> stripes{};
  for (std::size_t i = 0; i < values.size(); ++i) stripes[i % 16] += static_cast<double>(values[i]);
  return pairwise_sum(stripes);
}

template <class T>
void check(std::size_t n) {
  std::vector<T> values = draws<T>(n);
  INFO(n << " values");
  CHECK(striped_sum<T>(values) == slow_striped_sum(values));
  T most = 0;
  for (const T value : values) most = std::max(most, std::abs(value));
  CHECK(largest_magnitude<T>(values) == most);
  for (std::size_t i = 0; i < n; i += 3) {
    values[i] = std::numeric_limits<T>::quiet_NaN();
    values[n - 1 - i] = T(-7);
    CHECK(largest_magnitude<T>(values) == 7);
  }
}

}  // namespace

TEST_CASE("striped reductions are the plain ones, in the promised order", "[core]") {
  for (const std::size_t n : {1, 2, 15, 16, 17, 31, 32, 33, 100, 1024}) {
    check<float>(n);
    check<double>(n);
  }
  CHECK(striped_sum<double>({}) == 0);
  CHECK(largest_magnitude<float>({}) == 0);
}
