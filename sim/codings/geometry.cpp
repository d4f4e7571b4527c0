// SPDX-License-Identifier: MIT
#include "sim/codings/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/core/sums.hpp"
#include "sim/core/types.hpp"
#include "sim/core/within.hpp"

namespace steq {
namespace {

struct Products {
  double ww = 0, qq = 0, wq = 0, error = 0, zeros = 0;
};

template <class T>
Products products_of(std::span<const T> w, std::span<const T> q) {
  Products sum;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double a = static_cast<double>(w[i]), b = static_cast<double>(q[i]);
    sum.ww += a * a, sum.qq += b * b, sum.wq += a * b, sum.error += (a - b) * (a - b), sum.zeros += b == 0;
  }
  return sum;
}

/// By pieces whose number never depends on the number of threads.
template <class T>
Products all_products(std::span<const T> w, std::span<const T> q, int threads) {
  constexpr std::size_t kPiece = 16 * kBlock;
  std::vector<Products> pieces((w.size() + kPiece - 1) / kPiece);
  parallel_for(pieces.size(), threads, [&](std::size_t i, int) {
    const std::size_t first = i * kPiece, size = std::min(kPiece, w.size() - first);
    pieces[i] = products_of(w.subspan(first, size), q.subspan(first, size));
  });
  const auto sum = [&](double Products::*part) {
    return pairwise_sum(0, pieces.size(), [&](std::size_t i) { return pieces[i].*part; });
  };
  return {sum(&Products::ww), sum(&Products::qq), sum(&Products::wq), sum(&Products::error), sum(&Products::zeros)};
}

double degrees(const Products& p) {
  if (p.ww == 0 && p.qq == 0) return 0;
  if (p.ww == 0 || p.qq == 0) return 90;
  return std::acos(within(p.wq / std::sqrt(p.ww * p.qq), -1.0, 1.0)) * 180 / std::numbers::pi;
}

}  // namespace

double expected_sign_cosine(double d) {
  return std::sqrt(d / std::numbers::pi) * std::exp(std::lgamma(d / 2) - std::lgamma((d + 1) / 2));
}

template <class T>
Geometry geometry_of(std::span<const T> w, std::span<const T> quantized, int threads) {
  const Products all = all_products(w, quantized, threads);
  return {.angle_degrees = degrees(all),
          .relative_squared_error = all.error == 0 ? 0 : all.error / all.ww,
          .zero_share = all.zeros / static_cast<double>(w.size())};
}

template <class T>
Geometry mean_geometry(std::span<const T> w, std::span<const T> quantized, std::size_t rows) {
  const std::size_t columns = w.size() / rows;
  std::vector<Geometry> units;
  for (std::size_t row = 0; row < rows; ++row)
    units.push_back(geometry_of(w.subspan(row * columns, columns), quantized.subspan(row * columns, columns)));
  const auto mean = [&](double Geometry::*part) {
    return pairwise_sum(0, rows, [&](std::size_t i) { return units[i].*part; }) / static_cast<double>(rows);
  };
  return {mean(&Geometry::angle_degrees), mean(&Geometry::relative_squared_error), mean(&Geometry::zero_share)};
}

template Geometry geometry_of(std::span<const float>, std::span<const float>, int);
template Geometry geometry_of(std::span<const double>, std::span<const double>, int);
template Geometry mean_geometry(std::span<const float>, std::span<const float>, std::size_t);
template Geometry mean_geometry(std::span<const double>, std::span<const double>, std::size_t);

}  // namespace steq
