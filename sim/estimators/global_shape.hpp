// SPDX-License-Identifier: MIT
// The frame of the estimators that have no common shape in each bin: q is a function of w and of the whole grid, and
// masked where |w| exceeds a reach. Where it can be enclosed it is symmetric about 0.
#pragma once

#include "sim/estimators/periodic.hpp"

namespace steq {

/// Where the sign of the gradient counts, the shape has besides
///   void evaluate(Array& w, const Array& gradient) const
/// and evaluate(w) is the mean over both signs.
template <GlobalShape Shape>
class GlobalEstimator final : public Estimator {
 public:
  GlobalEstimator(Shape shape, const Grid& grid, double reach) : shape_(std::move(shape)), grid_(grid), reach_(reach) {}

  const Grid& grid() const override { return grid_; }
  EstimatorTraits traits() const override { return shape_.traits(); }
  EstimatorBounds bounds() const override { return shape_.bounds(); }
  double reach() const override { return reach_; }

  double derivative(double w) const override {
    double gradient = 1;
    ShapeArray<double> q = padded(std::span<const double>(&w, 1));
    shape_.evaluate(q);
    multiply(std::span<const double>(&w, 1), q, std::span<double>(&gradient, 1));
    return gradient;
  }
  double unmasked_derivative(double w) const override {
    Eigen::Array<double, 1, 1> q(w);
    shape_.evaluate(q);
    return q[0];
  }
  double surrogate(double w) const override { return shape_.rise(std::clamp(w, -reach_, reach_)); }

  std::optional<double> reciprocal_integral(double) const override { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const override { return std::nullopt; }
  std::optional<double> reciprocal_rise(double w) const override { return shape_.reciprocal_rise(w); }
  std::vector<double> kinks() const override { return kinks_of(shape_); }
  std::vector<std::string> remarks() const override { return remarks_of(shape_); }

  std::optional<Jet> enclose(const Interval& w) const override { return enclosure_of(shape_, w); }

  void backward(std::span<const float> w, std::span<float> gradient, const BlockPlace&) const override {
    multiply(w, factors(w, gradient), gradient);
  }
  void backward(std::span<const double> w, std::span<double> gradient, const BlockPlace&) const override {
    multiply(w, factors(w, gradient), gradient);
  }

 private:
  /// q of each weight; where the shape asks for it, by the sign of its gradient.
  template <class T>
  ShapeArray<T> factors(std::span<const T> w, [[maybe_unused]] std::span<T> gradient) const {
    ShapeArray<T> q = padded(w);
    if constexpr (requires { shape_.evaluate(q, q); })
      shape_.evaluate(q, padded(std::span<const T>(gradient)));
    else
      shape_.evaluate(q);
    return q;
  }

  template <class T>
  void multiply(std::span<const T> w, const ShapeArray<T>& q, std::span<T> gradient) const {
    const auto size = static_cast<Eigen::Index>(w.size());
    const Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>> weights(w.data(), size);
    Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>> g(gradient.data(), size);
    if (std::isfinite(reach_))
      g = (weights.abs() <= static_cast<T>(reach_)).select(g * q.head(size), T(0));
    else
      g *= q.head(size);
  }

  Shape shape_;
  Grid grid_;
  double reach_;
};

/// The mask of an estimator with the parameter clip.
inline double clip_reach(const Parameters& p, const Grid& grid) { return p.boolean("clip") ? grid.range : kInfinity; }

/// The entry of such an estimator with the parameter clip; `make` turns parameters and grid into its Shape.
template <class Make>
EstimatorRegistry::Entry global_entry(PluginInfo info, Make make) {
  using Shape = std::invoke_result_t<Make, const Parameters&, const Grid&>;
  static_assert(GlobalShape<Shape>, "this global estimator lacks a function, or has it with another type");
  info.parameters.push_back(clip_parameter());
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            if constexpr (GlobalShape<Shape>)
              return std::make_unique<GlobalEstimator<Shape>>(make(p, grid), grid, clip_reach(p, grid));
            else
              return nullptr;
          }};
}

}  // namespace steq
