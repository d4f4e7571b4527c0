// SPDX-License-Identifier: MIT
#include "sim/nn/kernels/kernels.hpp"

#include <omp.h>

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

/// The three passes of a dense kernel on n samples against plain sums, written over NaNs; the weight gradient in two
/// pieces.
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
  kernel->reserve({.training = {n}, .evaluation = {n}});
  kernel->set_weights(w.data(), with_bias ? bias.data() : nullptr, Mode::train);
  const T broken = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> measured_y(n * out, broken), measured_dx(n * in, broken), measured_dw(out * in, broken);
  kernel->forward(n, x.data(), measured_y.data());
  kernel->backward_input(n, dy.data(), measured_dx.data());
  const std::size_t half = in / 2;
  if (half > 0) kernel->backward_weights(n, x.data(), dy.data(), 0, half, measured_dw.data());
  kernel->backward_weights(n, x.data(), dy.data(), half, in - half, measured_dw.data());
  INFO(n << " samples, " << in << " to " << out);
  const auto off = [](const std::vector<T>& values, const std::vector<double>& expected) {
    return test::difference({values.begin(), values.end()}, expected);
  };
  CHECK(off(measured_y, y) < tolerance);
  CHECK(off(measured_dx, dx) < tolerance);
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

namespace {

/// Output, input gradient and weight gradient of a convolution made while OpenMP has `threads`.
std::vector<float> convolution(std::size_t channels, int threads) {
  const ConvGeometry g{.in = {channels, 9, 9},
                       .out = {32, 9, 9},
                       .kernel = 3,
                       .pad_top = 1,
                       .pad_left = 1,
                       .pad_bottom = 1,
                       .pad_right = 1};
  const int before = omp_get_max_threads();
  omp_set_num_threads(threads);
  const auto kernel = make_conv_kernel<float>(g, true);
  kernel->reserve({.training = {8}, .evaluation = {}});
  const auto w = random_matrix<float>(g.weights(), 1), bias = random_matrix<float>(32, 2);
  kernel->set_weights(w.data(), bias.data(), Mode::train);
  Buffer<float> x(8 * g.in.size()), y(8 * g.out.size()), dx(8 * g.in.size()), dw(g.weights());
  const auto input = random_matrix<float>(x.size(), 3);
  std::copy(input.begin(), input.end(), x.data());
  omp_set_num_threads(1);  // as parallel_for does for its pieces
  kernel->forward(8, x.data(), y.data());
  kernel->backward_input(8, y.data(), dx.data());
  kernel->backward_weights(8, x.data(), y.data(), dw.data(), false);
  omp_set_num_threads(before);
  std::vector<float> all(y.data(), y.data() + y.size());
  all.insert(all.end(), dx.data(), dx.data() + dx.size());
  all.insert(all.end(), dw.data(), dw.data() + dw.size());
  return all;
}

}  // namespace

TEST_CASE("a kernel gives the same bits however many threads there are when it is made", "[nn]") {
  const std::vector<float> few = convolution(16, 1), many = convolution(64, 1), some = convolution(32, 1);
  for (const int threads : {1, 2, 4}) {
    CHECK(convolution(16, threads) == few);
    CHECK(convolution(32, threads) == some);  // in memory that the larger one has used
    CHECK(convolution(64, threads) == many);
  }
}

TEST_CASE("the libraries are named", "[nn]") {
  CHECK_THAT(kernel_library(false), Catch::StartsWith("Eigen 3."));
  CHECK_FALSE(kernel_library(true).empty());
}
