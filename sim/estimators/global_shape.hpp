// SPDX-License-Identifier: MIT
// The frame of the estimators that have no common shape in each bin: q is a function of w and of the whole grid. Where it
// can be enclosed it is symmetric about 0.
#pragma once

#include "sim/estimators/periodic.hpp"

namespace steq {

/// Where the sign of the gradient counts, the shape has besides
///   void evaluate(Array& w, const Array& gradient) const
/// and evaluate(w) is the mean over both signs. Where q is a function of the grid parameters, it has besides
///   void evaluate(Array& w, std::span<const double> numbers) const
/// and evaluate(w) is q at those of its own grid. Where the gradients of a group depend on each other, it has besides
///   std::size_t gathered() const
///   void gather(const GroupGradients<T>&, std::span<double> numbers) const
///   void hand_over(std::span<T> gradient, const BlockPlace&) const
/// the last of which is called after the multiplication by q.
template <GlobalShape Shape>
class GlobalEstimator final : public Estimator {
 public:
  GlobalEstimator(Shape shape, const Grid& grid, Gate gate) : shape_(std::move(shape)), grid_(grid), gate_(gate) {}

  const Grid& grid() const override { return grid_; }
  EstimatorTraits traits() const override { return shape_.traits(); }
  EstimatorBounds bounds() const override { return shape_.bounds(); }
  const Gate& gate() const override { return gate_; }

  double derivative(double w) const override {
    ShapeArray<double> q = padded(std::span<const double>(&w, 1));
    shape_.evaluate(q);
    return passes(w) ? q[0] : 0;
  }
  double unmasked_derivative(double w) const override {
    Eigen::Array<double, 1, 1> q(w);
    shape_.evaluate(q);
    return q[0];
  }
  double surrogate(double w) const override { return shape_.rise(std::clamp(w, -reach(), reach())); }

  std::optional<double> reciprocal_integral(double) const override { return std::nullopt; }
  std::optional<double> reciprocal_integral_inverse(double) const override { return std::nullopt; }
  std::optional<double> reciprocal_rise(double w) const override { return shape_.reciprocal_rise(w); }
  ExpressionText expression() const override { return shape_.expression(); }
  std::vector<double> kinks() const override { return kinks_of(shape_); }
  std::vector<std::string> remarks() const override { return remarks_of(shape_); }

  std::optional<Jet> enclose(const Interval& w) const override { return enclosure_of(shape_, w); }

  std::size_t gathered() const override {
    if constexpr (requires { shape_.gathered(); }) return shape_.gathered();
    return 0;
  }
  void gather(const GroupGradients<float>& group, std::span<double> numbers) const override {
    gather_shape(group, numbers);
  }
  void gather(const GroupGradients<double>& group, std::span<double> numbers) const override {
    gather_shape(group, numbers);
  }

  void multiply(std::span<const float> w, std::span<float> gradient, const BlockPlace& place) const override {
    apply(w, gradient, place);
  }
  void multiply(std::span<const double> w, std::span<double> gradient, const BlockPlace& place) const override {
    apply(w, gradient, place);
  }

 private:
  /// Where w lies on the grid for which the shape was made.
  template <class T>
  ShapeArray<T> on_own_grid(std::span<const T> w, const GridFrame& frame) const {
    ShapeArray<T> own = padded(w);
    const GridFrame mine = grid_.frame();
    if (mine.low == frame.low && mine.high == frame.high) return own;
    const double scale = mine.range() / frame.range();
    return (own - static_cast<T>(frame.low)) * static_cast<T>(scale) + static_cast<T>(mine.low);
  }

  /// Where the shape asks for it, by the sign of each gradient, or at the grid parameters of the step.
  template <class T>
  void apply(std::span<const T> w, std::span<T> gradient, const BlockPlace& place) const {
    ShapeArray<T> q;
    if constexpr (requires { shape_.evaluate(q, place.grid); }) {
      q = padded(w);
      shape_.evaluate(q, place.grid.empty() ? std::span<const double>(grid_.numbers) : place.grid);
    } else if constexpr (requires { shape_.evaluate(q, q); }) {
      q = on_own_grid(w, place.frame);
      shape_.evaluate(q, padded(std::span<const T>(gradient)));
    } else {
      q = on_own_grid(w, place.frame);
      shape_.evaluate(q);
    }
    const auto size = static_cast<Eigen::Index>(w.size());
    Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(gradient.data(), size) *= q.head(size);
    if constexpr (requires { shape_.hand_over(gradient, place); })
      if (!place.gathered.empty()) shape_.hand_over(gradient, place);
  }

  template <class T>
  void gather_shape([[maybe_unused]] const GroupGradients<T>& group, [[maybe_unused]] std::span<double> numbers) const {
    if constexpr (requires { shape_.gather(group, numbers); }) shape_.gather(group, numbers);
  }

  Shape shape_;
  Grid grid_;
  Gate gate_;
};

/// The entry of such an estimator; `make` turns parameters and grid into its Shape.
template <class Make>
EstimatorRegistry::Entry global_entry(PluginInfo info, Make make) {
  using Shape = std::invoke_result_t<Make, const Parameters&, const Grid&>;
  static_assert(GlobalShape<Shape>, "this global estimator lacks a function, or has it with another type");
  info.parameters.push_back(gate_parameter());
  return {std::move(info), [make](const Parameters& p, const Grid& grid) -> std::unique_ptr<Estimator> {
            if constexpr (GlobalShape<Shape>)
              return std::make_unique<GlobalEstimator<Shape>>(make(p, grid), grid, gate_of(p, grid));
            else
              return nullptr;
          }};
}

}  // namespace steq
