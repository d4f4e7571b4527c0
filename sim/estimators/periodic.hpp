// SPDX-License-Identifier: MIT
// The frame of every estimator that has the same shape in each bin; masked outside [-W, W] unless clip=false. With mean 1
// the soft staircase joins the levels.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/estimators/shape.hpp"

namespace steq {

ParameterInfo clip_parameter();

/// Where more than q multiplies the gradients, the shape has besides
///   double factor(double u, double gradient, const BlockPlace& place, std::size_t i) const
/// for the i-th gradient of a block.
template <PeriodicShape Shape>
class PeriodicEstimator final : public Estimator {
 public:
  PeriodicEstimator(Shape shape, const Grid& grid, bool clip) : shape_(shape), grid_(grid), clip_(clip) {}

  const Grid& grid() const override { return grid_; }
  EstimatorTraits traits() const override { return shape_.traits(); }

  EstimatorBounds bounds() const override {
    EstimatorBounds bounds = shape_.bounds();
    bounds.lipschitz /= grid_.delta;
    return bounds;
  }

  double reach() const override { return clip_ ? grid_.range : kInfinity; }

  double derivative(double w) const override {
    double q = 1;
    multiply(std::span<const double>(&w, 1), std::span<double>(&q, 1));
    return q;
  }

  double unmasked_derivative(double w) const override { return shape_at(std::span<const double>(&w, 1))[0]; }

  void unmasked_derivatives(std::span<const double> w, std::span<double> q) const override {
    const ShapeArray<double> shape = shape_at(w);
    std::copy_n(shape.data(), q.size(), q.data());
  }

  double surrogate(double w) const override {
    if (clip_) w = std::clamp(w, -grid_.range, grid_.range);
    const double u = offset(w);
    const double mean = 2 * shape_.rise(0.5);
    return mean * (w - u * grid_.delta) + std::copysign(shape_.rise(std::abs(u)), u) * grid_.delta;
  }

  std::optional<double> reciprocal_integral(double u) const override { return shape_.reciprocal_integral(u); }
  std::optional<double> reciprocal_integral_inverse(double f) const override {
    return shape_.reciprocal_integral_inverse(f);
  }
  std::optional<ClosedForm> closed_form() const override { return closed_form_of(shape_); }
  std::vector<double> kinks() const override { return kinks_of(shape_); }
  std::vector<std::string> remarks() const override { return remarks_of(shape_); }

  std::optional<Jet> enclose(const Interval& u) const override { return enclosure_of(shape_, u); }

  void backward(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const override {
    modulate(w, gradient, place);
    multiply(w, gradient);
  }
  void backward(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const override {
    modulate(w, gradient, place);
    multiply(w, gradient);
  }

 private:
  double offset(double w) const {
    const double position = (w + grid_.range) / grid_.delta;
    return position - std::floor(position) - 0.5;
  }

  /// q of each weight, unmasked.
  template <class T>
  ShapeArray<T> shape_at(std::span<const T> w) const {
    ShapeArray<T> u = padded(w);
    u = (u + static_cast<T>(grid_.range)) / static_cast<T>(grid_.delta);
    u -= u.floor() + T(0.5);
    shape_.evaluate(u);
    return u;
  }

  template <class T>
  void modulate([[maybe_unused]] std::span<const T> w, [[maybe_unused]] std::span<T> gradient,
                [[maybe_unused]] const BlockPlace& place) const {
    if constexpr (requires { &Shape::factor; })
      for (std::size_t i = 0; i < w.size(); ++i) {
        const double g = static_cast<double>(gradient[i]);
        gradient[i] *= static_cast<T>(shape_.factor(offset(static_cast<double>(w[i])), g, place, i));
      }
  }

  template <class T>
  void multiply(std::span<const T> w, std::span<T> gradient) const {
    const ShapeArray<T> q = shape_at(w);
    const auto size = static_cast<Eigen::Index>(w.size());
    const Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>> weights(w.data(), size);
    Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>> g(gradient.data(), size);
    if (clip_)
      g = (weights.abs() <= static_cast<T>(grid_.range)).select(g * q.head(size), T(0));
    else
      g *= q.head(size);
  }

  Shape shape_;
  Grid grid_;
  bool clip_;
};

/// The entry of a periodic estimator; `make` turns parameters and grid into its Shape.
template <class Make>
EstimatorRegistry::Entry periodic_entry(PluginInfo info, Make make) {
  using Shape = std::invoke_result_t<Make, const Parameters&, const Grid&>;
  static_assert(PeriodicShape<Shape>, "this periodic estimator lacks a function, or has it with another type");
  info.parameters.push_back(clip_parameter());
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            if constexpr (PeriodicShape<Shape>)
              return std::make_unique<PeriodicEstimator<Shape>>(make(p, grid), grid, p.boolean("clip"));
            else
              return nullptr;
          }};
}

}  // namespace steq
