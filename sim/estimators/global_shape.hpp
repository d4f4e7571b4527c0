// SPDX-License-Identifier: MIT
// The frame of the estimators that have no common shape in each bin: q is a function of w and of the whole grid,
// symmetric about 0, and masked where |w| exceeds a reach.
#pragma once

#include "sim/estimators/periodic.hpp"

namespace steq {

/// Shape is an immutable struct with
///   void evaluate(Array& w) const         w -> q(w), in place; an Eigen array of float, double or Jet
///   double rise(double w) const           integral of q from 0 to w, in weight units
///   EstimatorBounds bounds() const        over [-W, W], Lipschitz constant in 1 / weight units
///   EstimatorTraits traits() const        with periodic = false
///   std::optional<double> reciprocal_rise(double w) const
///   std::vector<double> kinks() const     only where q has kinks
///   static constexpr bool kEnclosable = false   only where evaluate cannot be instantiated with Jet
template <class Shape>
class GlobalEstimator final : public Estimator {
 public:
  GlobalEstimator(Shape shape, const Grid& grid, double reach) : shape_(std::move(shape)), grid_(grid), reach_(reach) {}

  const Grid& grid() const override { return grid_; }
  EstimatorTraits traits() const override { return shape_.traits(); }
  EstimatorBounds bounds() const override { return shape_.bounds(); }
  double reach() const override { return reach_; }

  double derivative(double w) const override {
    double q = 1;
    multiply(std::span<const double>(&w, 1), std::span<double>(&q, 1));
    return q;
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
  std::vector<double> kinks() const override {
    if constexpr (requires { shape_.kinks(); })
      return shape_.kinks();
    else
      return {};
  }

  std::optional<Jet> enclose(const Interval& w) const override { return enclosure_of(shape_, w); }

  void backward(std::span<const float> w, std::span<float> gradient, const BlockPlace&) const override {
    multiply(w, gradient);
  }
  void backward(std::span<const double> w, std::span<double> gradient, const BlockPlace&) const override {
    multiply(w, gradient);
  }

 private:
  template <class T>
  void multiply(std::span<const T> w, std::span<T> gradient) const {
    const auto size = static_cast<Eigen::Index>(w.size());
    const Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>> weights(w.data(), size);
    ShapeArray<T> q = padded(w);
    shape_.evaluate(q);
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
inline double clip_reach(const Parameters& p, const Grid& grid) {
  return p.boolean("clip") ? grid.range : std::numeric_limits<double>::infinity();
}

/// The entry of such an estimator with the parameter clip; `make` turns parameters and grid into its Shape.
template <class Make>
EstimatorRegistry::Entry global_entry(PluginInfo info, Make make) {
  info.parameters.push_back(clip_parameter());
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            using Shape = decltype(make(p, grid));
            return std::make_unique<GlobalEstimator<Shape>>(make(p, grid), grid, clip_reach(p, grid));
          }};
}

}  // namespace steq
