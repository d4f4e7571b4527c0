// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/kernels.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

template <class T>
std::vector<T> random_matrix(std::size_t size, std::uint32_t index) {
  RandomStream random(3, Purpose::synthetic_data, 0, index);
  std::vector<T> values(size);
  for (T& value : values) value = static_cast<T>(2 * random.uniform() - 1);
  return values;
}

/// All four kinds of product of one size, written and added.
template <class T>
void check_products(std::size_t m, std::size_t n, std::size_t k, double tolerance) {
  const std::vector<T> a = random_matrix<T>(m * k, 1), b = random_matrix<T>(k * n, 2),
                       before = random_matrix<T>(m * n, 3);
  for (const Transpose ta : {Transpose::no, Transpose::yes})
    for (const Transpose tb : {Transpose::no, Transpose::yes})
      for (const bool accumulate : {false, true}) {
        std::vector<double> expected(m * n);
        for (std::size_t i = 0; i < m * n; ++i) {
          expected[i] = accumulate ? static_cast<double>(before[i]) : 0;
          for (std::size_t l = 0; l < k; ++l)
            expected[i] += static_cast<double>(ta == Transpose::no ? a[i / n * k + l] : a[l * m + i / n]) *
                           static_cast<double>(tb == Transpose::no ? b[l * n + i % n] : b[i % n * k + l]);
        }
        std::vector<T> c = before;
        multiply<T>(ta, tb, m, n, k, a.data(), b.data(), c.data(), accumulate);
        INFO(m << " x " << n << " x " << k);
        CHECK(test::difference({c.begin(), c.end()}, expected) < tolerance);
      }
}

}  // namespace

TEST_CASE("matrix products are the plain sums", "[nn]") {
  for (const auto& [m, n, k] :
       {std::array<std::size_t, 3>{1, 1, 1}, {3, 5, 7}, {17, 1, 33}, {1, 19, 8}, {40, 30, 50}}) {
    check_products<double>(m, n, k, 1e-14);
    check_products<float>(m, n, k, 1e-5);
  }
}

TEST_CASE("what a product overwrites does not count, not even a NaN", "[nn]") {
  const float a = 2, b = 3;
  float c = std::numeric_limits<float>::quiet_NaN();
  multiply<float>(Transpose::no, Transpose::no, 1, 1, 1, &a, &b, &c, false);
  CHECK(c == 6);
}

TEST_CASE("the libraries are named", "[nn]") {
  CHECK_THAT(kernel_library(false), Catch::StartsWith("Eigen 3."));
  CHECK_FALSE(kernel_library(true).empty());
}
