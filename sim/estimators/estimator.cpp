// SPDX-License-Identifier: MIT
#include "sim/estimators/estimator.hpp"

#include <algorithm>

namespace steq {
namespace {

template <class T>
void multiply_and_close(const Estimator& estimator, std::span<const T> w, std::span<T> gradient, BlockPlace place) {
  const Grid& grid = estimator.grid();
  place.frame = grid.frame();
  estimator.multiply(w, gradient, place);
  std::array<Level, kBlock> level;
  std::ranges::transform(w, level.begin(), [&](T x) { return grid.level_at(static_cast<double>(x)); });
  estimator.gate().close<T, T>(w, std::span(level).first(w.size()), place.frame, grid.highest(), gradient);
}

}  // namespace

void require_even_bins(const Grid& grid) {
  if (grid.delta == 0)
    throw ParameterError("",
                         "is not allowed: it counts in bins, and those of this quantizer differ in width; allowed: "
                         "ste, magnitude-aware or stochastic-ste, or a quantizer with evenly spaced levels");
}

void Estimator::backward(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const {
  multiply_and_close(*this, w, gradient, place);
}
void Estimator::backward(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const {
  multiply_and_close(*this, w, gradient, place);
}

}  // namespace steq
