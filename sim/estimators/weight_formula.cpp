// SPDX-License-Identifier: MIT
#include "sim/estimators/weight_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/core/parameters.hpp"
#include "sim/estimators/piecewise_integral.hpp"

namespace steq {
namespace {

constexpr int kFarthest = 20;         ///< unclipped formulas are looked at out to 2^20 W
constexpr double kContinuous = 1e-9;  ///< relative difference of neighbouring bins that is no jump

/// The more bins there are, the fewer samples has each of them.
int cells_of(int bins) {
  constexpr unsigned kAll = 1U << 16, kLeast = 256, kMost = 2048;
  return static_cast<int>(std::clamp(std::bit_floor(kAll / static_cast<unsigned>(bins)), kLeast, kMost));
}

double sign_of(double gradient) { return gradient < 0 ? -1 : 1; }

}  // namespace

WeightFormula::WeightFormula(Expression expression, Origin origin, const Grid& grid, bool clipped)
    : expression_(std::move(expression)),
      origin_(origin),
      grid_(grid),
      signs_(expression_.uses("g") ? std::vector<double>{1, -1} : std::vector<double>{1}),
      bounds_{.lower = kInfinity, .upper = 0, .lipschitz = 0},
      traits_{.periodic = false} {
  const auto bins = static_cast<int>(grid_.intervals());
  look_at_bins(0, bins);
  if (!(bounds_.upper > 0))
    throw InputError("",
                     fmt::format("\"{}\" is 0 for every w in [-W, W]; allowed: a formula that is positive somewhere",
                                 expression_.text()));
  if (!clipped) {
    const EstimatorBounds inside = bounds_;
    const EstimatorTraits traits = traits_;
    look_at_bins(-bins, 0);
    look_at_bins(bins, 2 * bins);
    look_far_out();
    bounds_ = inside;
    traits_ = traits;
  }
  std::sort(kinks_.begin(), kinks_.end());
  rises_.push_back(0);
  for (int bin = 0; bin < bins; ++bin) rises_.push_back(rises_.back() + integral_in(bin, -0.5, 0.5));
}

Expression::Point WeightFormula::point(double w, double sign) const {
  const double position = (w + grid_.range) / grid_.delta;
  const double bin = w == grid_.range ? static_cast<double>(grid_.intervals()) - 1 : std::floor(position);
  return {.u = from_origin(std::min(position - bin - 0.5, 0.5), origin_), .w = w, .g = sign};
}

void WeightFormula::evaluate_points(std::span<double> w, std::span<const double> gradient) const {
  constexpr std::size_t kChunk = 64;
  std::array<Expression::Point, kChunk> points;
  std::array<double, kChunk> sum, value;
  const bool both = gradient.empty() && signs_.size() > 1;
  for (std::size_t first = 0; first < w.size(); first += kChunk) {
    const std::size_t n = std::min(kChunk, w.size() - first);
    const auto add = [&](const auto& sign) {
      for (std::size_t i = 0; i < n; ++i) points[i] = point(w[first + i], sign(first + i));
      expression_.evaluate(std::span<const Expression::Point>(points).first(n), std::span(value).first(n));
      for (std::size_t i = 0; i < n; ++i) sum[i] += value[i];
    };
    sum.fill(0);
    add([&](std::size_t i) { return gradient.empty() ? 1.0 : sign_of(gradient[i]); });
    if (both) add([](std::size_t) { return -1.0; });
    for (std::size_t i = 0; i < n; ++i) w[first + i] = both ? sum[i] / 2 : sum[i];
  }
}

double WeightFormula::value_in(int bin, double u, double sign) const {
  Expression::Point at{.u = from_origin(u, origin_), .w = (bin + 0.5 + u) * grid_.delta - grid_.range, .g = sign};
  // Rounding must not carry the ends of the range beyond it.
  if (bin >= 0 && bin < static_cast<int>(grid_.intervals())) at.w = std::clamp(at.w, -grid_.range, grid_.range);
  const double q = expression_(at);
  if (std::isfinite(q) && q >= 0) return q;
  throw InputError("", fmt::format("\"{}\" is {} at w = {}, u = {}, g = {}; allowed: a finite number >= 0, here for "
                                   "every w in [-W, W] with W = {}",
                                   expression_.text(), to_text(Value(q)), at.w, at.u, at.g, grid_.range));
}

double WeightFormula::mean_in(int bin, double u) const {
  return signs_.size() == 1 ? value_in(bin, u, 1) : (value_in(bin, u, 1) + value_in(bin, u, -1)) / 2;
}

/// Adds to kinks, bounds and traits what bins [first, last) have.
void WeightFormula::look_at_bins(int first, int last) {
  const int cells = cells_of(last - first);
  for (int bin = first; bin < last; ++bin) {
    const double level = bin * grid_.delta - grid_.range, threshold = level + grid_.delta / 2;
    kinks_.insert(kinks_.end(), {level, threshold, level + grid_.delta});
    for (const double sign : signs_) {
      const SampledCurve curve = sample([&](double u) { return value_in(bin, u, sign); }, cells);
      for (const auto& kinks : {curve.kinks.jumps, curve.kinks.bends})
        for (const double u : kinks) kinks_.push_back(threshold + u * grid_.delta);
      const double before = bin > first ? value_in(bin - 1, 0.5, sign) : value_in(bin, -0.5, sign);
      const bool joined = std::abs(value_in(bin, -0.5, sign) - before) <= kContinuous * curve.upper;
      traits_.smooth = traits_.smooth && joined && curve.kinks.jumps.empty();
      traits_.positive = traits_.positive && !curve.vanishes;
      bounds_ = {.lower = std::min(bounds_.lower, curve.lower),
                 .upper = std::max(bounds_.upper, curve.upper),
                 .lipschitz = joined ? std::max(bounds_.lipschitz, curve.lipschitz / grid_.delta) : kInfinity};
    }
    for (int i = 0; signs_.size() > 1 && i <= cells; ++i)
      if (const double u = static_cast<double>(i) / cells - 0.5; value_in(bin, u, 1) != value_in(bin, u, -1))
        traits_.sign_dependent = true;
  }
}

void WeightFormula::look_far_out() const {
  const auto bins = static_cast<int>(grid_.intervals());
  for (int k = 1; k <= kFarthest; ++k)
    for (const double sign : signs_)
      for (const double u : {-0.5, -0.2, 0.1, 0.5})
        for (const int bin : {bins << k, -(bins << k)}) value_in(bin, u, sign);
}

double WeightFormula::integral_in(int bin, double from, double to) const {
  const double threshold = (bin + 0.5) * grid_.delta - grid_.range;
  std::vector<double> breaks{0};
  for (const double kink : kinks_)
    if (const double u = (kink - threshold) / grid_.delta; std::abs(u) < 0.5) breaks.push_back(u);
  return grid_.delta * piecewise_integral([&](double u) { return mean_in(bin, u); }, from, to, std::move(breaks));
}

double WeightFormula::integral_from_lowest(double w) const {
  const double inside = std::clamp(w, -grid_.range, grid_.range), position = (inside + grid_.range) / grid_.delta;
  const int bin = std::min(static_cast<int>(position), static_cast<int>(grid_.intervals()) - 1);
  const double sum =
      rises_[static_cast<std::size_t>(bin)] + integral_in(bin, -0.5, std::min(position - bin - 0.5, 0.5));
  const auto mean = [&](double x) {
    evaluate_points(std::span(&x, 1), {});
    return std::isfinite(x) ? x : 0;  // quadrature knows no infinities; out there not every weight was looked at
  };
  const double outside = piecewise_integral(mean, std::min(w, inside), std::max(w, inside), kinks_);
  return w < inside ? sum - outside : sum + outside;
}

}  // namespace steq
