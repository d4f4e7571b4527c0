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

/// The three passes of a dense kernel on n samples against plain sums, gradients written over a NaN and then added.
template <class T>
void check_dense(std::size_t n, std::size_t in, std::size_t out, bool with_bias, double tolerance) {
  const std::vector<T> x = random_matrix<T>(n * in, 1), w = random_matrix<T>(out * in, 2),
                       dy = random_matrix<T>(n * out, 3), bias = random_matrix<T>(out, 4);
  std::vector<double> y(n * out), dx(n * in), dw(out * in);
  for (std::size_t s = 0; s < n; ++s)
    for (std::size_t o = 0; o < out; ++o) {
      y[s * out + o] = with_bias ? double{bias[o]} : 0;
      for (std::size_t i = 0; i < in; ++i) {
        y[s * out + o] += double{w[o * in + i]} * double{x[s * in + i]};
        dx[s * in + i] += double{w[o * in + i]} * double{dy[s * out + o]};
        dw[o * in + i] += double{x[s * in + i]} * double{dy[s * out + o]};
      }
    }
  const auto kernel = make_dense_kernel<T>(in, out, with_bias);
  kernel->reserve({.slots = 2, .tiles = 1, .training_sizes = {n}, .evaluation_sizes = {n}});
  kernel->set_weights(w.data(), with_bias ? bias.data() : nullptr, Mode::train);
  const T broken = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> measured_y(n * out, broken), measured_dx(n * in, broken), measured_dw(out * in, broken);
  kernel->forward(n, x.data(), measured_y.data(), 1);
  kernel->backward_input(n, dy.data(), measured_dx.data(), 1);
  kernel->backward_weights(n, x.data(), dy.data(), measured_dw.data(), false, 1);
  INFO(n << " samples, " << in << " to " << out);
  const auto off = [](const std::vector<T>& values, const std::vector<double>& expected) {
    return test::difference({values.begin(), values.end()}, expected);
  };
  CHECK(off(measured_y, y) < tolerance);
  CHECK(off(measured_dx, dx) < tolerance);
  CHECK(off(measured_dw, dw) < tolerance);
  kernel->backward_weights(n, x.data(), dy.data(), measured_dw.data(), true, 0);
  for (double& value : dw) value *= 2;
  CHECK(off(measured_dw, dw) < tolerance);
}

}  // namespace

TEST_CASE("a dense kernel's passes are the plain sums", "[nn]") {
  for (const auto& [n, in, out] :
       {std::array<std::size_t, 3>{1, 1, 1}, {3, 5, 7}, {17, 33, 1}, {1, 8, 19}, {32, 50, 40}})
    for (const bool bias : {false, true}) {
      check_dense<double>(n, in, out, bias, 1e-14);
      check_dense<float>(n, in, out, bias, 1e-5);
    }
}

TEST_CASE("the libraries are named", "[nn]") {
  CHECK_THAT(kernel_library(false), Catch::StartsWith("Eigen 3."));
  CHECK_FALSE(kernel_library(true).empty());
}
