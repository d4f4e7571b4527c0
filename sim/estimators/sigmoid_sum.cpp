// SPDX-License-Identifier: MIT
// A soft staircase of logistic steps, one at every threshold; continued for ever, or only those that the grid has.
#include <numbers>

#include "sim/estimators/global_shape.hpp"
#include "sim/estimators/maximum.hpp"

namespace steq::estimators {
namespace {

constexpr double kFar = 40;  ///< exp(-kFar) is below the resolution of double

/// The slope of one logistic step at the distance u from its threshold, and how fast it falls, -d/du.
double bump(double temperature, double u) {
  const double t = std::exp(-temperature * std::abs(u));
  return temperature * t / ((1 + t) * (1 + t));
}
double bump_fall(double temperature, double u) {
  return temperature * bump(temperature, u) * std::tanh(temperature * u / 2);
}

/// sum += the slope of one step at the distances x.
template <class Array>
void add_bump(double temperature, const Array& x, Array& sum) {
  using T = typename Array::Scalar;
  const Array t = (x.abs() * static_cast<T>(-temperature)).exp();
  sum += static_cast<T>(temperature) * t / (T(1) + t).square();
}

struct InfiniteSum {
  double temperature;
  double excess;  ///< over the finite sum on the grid, where it is largest: at the ends of the range

  /// A smooth sum is short as a Fourier series, a steep one as it stands.
  bool smooth() const { return temperature < 4; }
  int waves() const { return static_cast<int>(std::ceil(kFar * temperature / 19)); }
  int neighbours() const { return 1 + static_cast<int>(std::ceil(kFar / temperature)); }
  double wave(int m) const {
    const double y = 2 * std::numbers::pi * std::numbers::pi * m / temperature;
    return y / std::sinh(y);
  }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    ShapeArray<T> sum = ShapeArray<T>::Zero(u.size());
    if (smooth()) {
      sum.setOnes();
      for (int m = 1; m <= waves(); ++m)
        sum += static_cast<T>(2 * wave(m)) * (static_cast<T>(2 * std::numbers::pi * m) * u).cos();
    } else {
      for (int j = -neighbours(); j <= neighbours(); ++j) {
        const ShapeArray<T> x = u - static_cast<T>(j);
        add_bump(temperature, x, sum);
      }
    }
    u = sum;
  }
  double rise(double u) const {
    double sum = smooth() ? u : std::tanh(temperature * u / 2) / 2;
    if (smooth())
      for (int m = 1; m <= waves(); ++m)
        sum += wave(m) * std::sin(2 * std::numbers::pi * m * u) / (std::numbers::pi * m);
    else
      for (int j = 1; j <= neighbours(); ++j)
        sum += (std::tanh(temperature * (u - j) / 2) + std::tanh(temperature * (u + j) / 2)) / 2;
    return sum;
  }
  /// -dq/du
  double fall(double u) const {
    double sum = 0;
    if (smooth())
      for (int m = 1; m <= waves(); ++m)
        sum += 4 * std::numbers::pi * m * wave(m) * std::sin(2 * std::numbers::pi * m * u);
    else
      for (int j = -neighbours(); j <= neighbours(); ++j) sum += bump_fall(temperature, u - j);
    return sum;
  }
  double at(double u) const {
    ShapeArray<double> q = ShapeArray<double>::Constant(1, u);
    evaluate(q);
    return q[0];
  }
  EstimatorBounds bounds() const {
    const double steepest = maximum([&](double u) { return fall(u); }, 0, std::min(0.5, 4 / temperature));
    return {.lower = at(0.5), .upper = at(0), .lipschitz = steepest};
  }
  EstimatorTraits traits() const { return {.positive = at(0.5) > 0}; }
  ExpressionText expression() const {
    using std::numbers::pi;
    if (smooth())
      return {"1+2*sum(j,1,n,y*j/sinh(y*j)*cos(2*pi*j*u))",
              {{"n", waves()}, {"y", 2 * pi * pi / temperature}, {"pi", pi}}};
    return {"T/4*sum(j,-n,n,1/cosh(T*(u-j)/2)^2)", {{"T", temperature}, {"n", neighbours()}}};
  }
  std::optional<double> reciprocal_integral(double) const { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const { return std::nullopt; }
  std::vector<std::string> remarks() const {
    return {
        fmt::format("the cited paper has the finite sum (finite=true): on this grid q is up to {:.3g} larger here, at "
                    "the ends of the range",
                    excess)};
  }
};

struct FiniteSum {
  double temperature;
  Grid grid;

  template <class Array>
  void evaluate(Array& w) const {
    using T = typename Array::Scalar;
    const Array u = w / static_cast<T>(grid.delta);
    w.setZero();
    for (const double threshold : grid.thresholds) {
      const Array x = u - static_cast<T>(threshold / grid.delta);
      add_bump(temperature, x, w);
    }
  }
  double rise(double w) const {
    double sum = 0;
    for (const double threshold : grid.thresholds) sum += std::tanh(temperature * (w - threshold) / grid.delta / 2) / 2;
    return grid.delta * sum;
  }
  double at(double w) const {
    Eigen::Array<double, 1, 1> q(w);
    evaluate(q);
    return q[0];
  }
  /// Steepest beyond the last threshold, where no next step makes up for the fall.
  EstimatorBounds bounds() const {
    const double last = grid.thresholds.back();
    const auto fall = [&](double u) {
      double sum = 0;
      for (const double threshold : grid.thresholds) sum += bump_fall(temperature, u + (last - threshold) / grid.delta);
      return sum;
    };
    const double end = (grid.range - last) / grid.delta;
    return {.lower = at(grid.range),
            .upper = at(grid.thresholds[grid.thresholds.size() / 2]),
            .lipschitz = maximum(fall, 0, std::min(end, 4 / temperature)) / grid.delta};
  }
  EstimatorTraits traits() const { return {.positive = at(grid.range) > 0, .periodic = false}; }
  ExpressionText expression() const { return {"T/4*sum(t,1/cosh(T*(w-t)/(2*delta))^2)", {{"T", temperature}}}; }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
};

std::unique_ptr<Estimator> make_sigmoid_sum(const Parameters& p, const Grid& grid) {
  require_even_bins(grid);
  const double temperature = p.number("T");
  const FiniteSum finite{temperature, grid};
  if (p.boolean("finite")) return std::make_unique<GlobalEstimator<FiniteSum>>(finite, grid, gate_of(p, grid));
  InfiniteSum infinite{temperature, 0};
  infinite.excess = infinite.at(0.5) - finite.at(grid.range);
  return std::make_unique<PeriodicEstimator<InfiniteSum>>(infinite, grid, gate_of(p, grid));
}

}  // namespace

EstimatorRegistry::Entry sigmoid_sum() {
  return {
      {.name = "sigmoid-sum",
       .summary = "A soft staircase: the sum of a logistic step at every threshold.",
       .formula = "q(w) = T sum over thresholds t of s (1 - s), s = 1 / (1 + exp(-T (w - t) / delta))",
       .citation = "Quantization Networks, Yang et al., arXiv:1911.09464",
       .parameters = {{.name = "T",
                       .fallback = Value(6.0),
                       .meaning = "temperature in units of 1 / delta; small is flat, large is steep",
                       .min = 0,
                       .max = 1000,
                       .min_excluded = true},
                      {.name = "finite",
                       .kind = Kind::boolean,
                       .fallback = Value(false),
                       .meaning = "true: only the grid's thresholds, as in the cited paper; false: the staircase goes "
                                  "on for ever"},
                      gate_parameter()},
       .convention = "The cited paper has the finite sum, over the thresholds of the grid: that is finite=true. The "
                     "sum that goes on for ever, the default, is the same in every bin, and so has an alpha; the "
                     "finite one is smaller near the ends of the range, and its alpha differs from bin to bin.",
       .elsewhere = {{.library = "Quantization Networks, the authors' code",
                      .name = "sum of sigmoids",
                      .here = "sigmoid-sum:finite=true",
                      .remark = "T in units of 1 / delta"}}},
      make_sigmoid_sum};
}

}  // namespace steq::estimators
