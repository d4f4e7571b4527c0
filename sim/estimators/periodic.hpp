// SPDX-License-Identifier: MIT
// The frame of every estimator that has the same shape in each bin, inside the range and beyond. With mean 1 the soft
// staircase joins the levels.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/estimators/shape.hpp"

namespace steq {

/// Where more than q multiplies the gradients, the shape has besides
///   double factor(double u, double gradient, const BlockPlace& place, std::size_t i) const
/// for the i-th gradient of a block.
template <PeriodicShape Shape>
class PeriodicEstimator final : public Estimator {
 public:
  /// ParameterError where bins differ in width, unless the shape says `static constexpr bool kFlat = true`: it is 1
  /// wherever the threshold is.
  PeriodicEstimator(Shape shape, const Grid& grid, Gate gate) : shape_(shape), grid_(grid), gate_(gate) {
    if constexpr (!requires { Shape::kFlat; }) require_even_bins(grid);
  }

  const Grid& grid() const override { return grid_; }
  const Gate& gate() const override { return gate_; }
  EstimatorTraits traits() const override { return shape_.traits(); }

  EstimatorBounds bounds() const override {
    EstimatorBounds bounds = shape_.bounds();
    if (bounds.lipschitz > 0) bounds.lipschitz /= grid_.delta;
    return bounds;
  }

  double derivative(double w) const override { return passes(w) ? unmasked_derivative(w) : 0; }

  double unmasked_derivative(double w) const override {
    return shape_at(std::span<const double>(&w, 1), grid_.frame())[0];
  }

  void unmasked_derivatives(std::span<const double> w, std::span<double> q) const override {
    const ShapeArray<double> shape = shape_at(w, grid_.frame());
    std::copy_n(shape.data(), q.size(), q.data());
  }

  double surrogate(double w) const override {
    w = std::clamp(w, -reach(), reach());
    const double u = offset(w, grid_.frame());
    const double mean = 2 * shape_.rise(0.5);
    return mean * (w - u * grid_.delta) + std::copysign(shape_.rise(std::abs(u)), u) * grid_.delta;
  }

  std::optional<double> reciprocal_integral(double u) const override { return shape_.reciprocal_integral(u); }
  std::optional<double> reciprocal_integral_inverse(double f) const override {
    return shape_.reciprocal_integral_inverse(f);
  }
  std::optional<ClosedForm> closed_form() const override { return closed_form_of(shape_); }
  ExpressionText expression() const override { return shape_.expression(); }
  std::vector<double> kinks() const override { return kinks_of(shape_); }
  std::vector<std::string> remarks() const override { return remarks_of(shape_); }

  std::optional<Jet> enclose(const Interval& u) const override { return enclosure_of(shape_, u); }

  std::vector<GridParameter> parameters() const override { return parameters_of(shape_); }
  void fit(std::span<const float> w, std::span<double> numbers) const override { fit_shape(shape_, w, numbers); }
  void fit(std::span<const double> w, std::span<double> numbers) const override { fit_shape(shape_, w, numbers); }

  void multiply(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const override {
    apply(w, gradient, place);
  }
  void multiply(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const override {
    apply(w, gradient, place);
  }

 private:
  static double offset(double w, const GridFrame& frame) {
    const double position = (w - frame.low) / frame.delta;
    return position - std::floor(position) - 0.5;
  }

  /// q of each weight.
  template <class T>
  ShapeArray<T> shape_at(std::span<const T> w, const GridFrame& frame) const {
    ShapeArray<T> u = padded(w);
    u = (u - static_cast<T>(frame.low)) / static_cast<T>(frame.delta);
    u -= u.floor() + T(0.5);
    shape_.evaluate(u);
    return u;
  }

  template <class T>
  void apply(std::span<const T> w, std::span<T> gradient, const BlockPlace& place) const {
    if constexpr (requires { &Shape::factor; })
      for (std::size_t i = 0; i < w.size(); ++i) {
        const double g = static_cast<double>(gradient[i]), u = offset(static_cast<double>(w[i]), place.frame);
        gradient[i] *= static_cast<T>(shape_.factor(u, g, place, i));
      }
    const auto size = static_cast<Eigen::Index>(w.size());
    Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(gradient.data(), size) *= shape_at(w, place.frame).head(size);
  }

  Shape shape_;
  Grid grid_;
  Gate gate_;
};

/// The entry of a periodic estimator; `make` turns parameters and grid into its Shape.
template <class Make>
EstimatorRegistry::Entry periodic_entry(PluginInfo info, Make make) {
  using Shape = std::invoke_result_t<Make, const Parameters&, const Grid&>;
  static_assert(PeriodicShape<Shape>, "this periodic estimator lacks a function, or has it with another type");
  info.parameters.push_back(gate_parameter());
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            if constexpr (PeriodicShape<Shape>)
              return std::make_unique<PeriodicEstimator<Shape>>(make(p, grid), grid, gate_of(p, grid));
            else
              return nullptr;
          }};
}

}  // namespace steq
