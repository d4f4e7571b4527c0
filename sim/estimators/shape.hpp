// SPDX-License-Identifier: MIT
// What the file of an estimator writes down: an immutable struct, here called its shape. A function that is forgotten or
// has another type is one error of the compiler, which names it.
#pragma once

#include <concepts>

#include "sim/estimators/estimator.hpp"
#include "sim/estimators/shape_array.hpp"

namespace steq {

/// `evaluate` turns coordinates into q, in place. It is a template over the type of the numbers, and serves both
/// precisions and, unless the shape says `static constexpr bool kEnclosable = false`, enclosures.
template <class Shape, class T>
concept EvaluatesIn = requires(const Shape& shape, ShapeArray<T>& coordinates) {
  shape.evaluate(coordinates);
};

template <class Shape>
concept Evaluates = EvaluatesIn<Shape, float> && EvaluatesIn<Shape, double> &&
    (!enclosable<Shape>() || EvaluatesIn<Shape, Jet>);

/// The same shape q(u) in every bin, symmetric; u in [-1/2, 1/2] is the distance from the threshold in units of delta.
template <class Shape>
concept PeriodicShape = Evaluates<Shape> && requires(const Shape& shape, double u, double f) {
  // The integral of q from 0 to u in [0, 1/2]; where the mean of q is 1 it is 1/2 at u = 1/2.
  { shape.rise(u) } -> std::same_as<double>;
  // The Lipschitz constant is in 1/u.
  { shape.bounds() } -> std::same_as<EstimatorBounds>;
  { shape.traits() } -> std::same_as<EstimatorTraits>;
  // q as text, in terms of u.
  { shape.expression() } -> std::same_as<ExpressionText>;
  // The integral of 1/q from 0 to u, and the u at which it is f; nothing where no closed form is known.
  { shape.reciprocal_integral(u) } -> std::same_as<std::optional<double>>;
  { shape.reciprocal_integral_inverse(f) } -> std::same_as<std::optional<double>>;
};

/// A function q(w) of the weight and the whole grid.
template <class Shape>
concept GlobalShape = Evaluates<Shape> && requires(const Shape& shape, double w) {
  // The integral of q from 0 to w, in weight units.
  { shape.rise(w) } -> std::same_as<double>;
  // Over [-W, W], the Lipschitz constant in 1 / weight units.
  { shape.bounds() } -> std::same_as<EstimatorBounds>;
  // They have periodic = false.
  { shape.traits() } -> std::same_as<EstimatorTraits>;
  // q as text.
  { shape.expression() } -> std::same_as<ExpressionText>;
  // The integral of 1/q from 0 to w; nothing where no closed form is known.
  { shape.reciprocal_rise(w) } -> std::same_as<std::optional<double>>;
};

// What only some shapes have.

/// Where q or its slope jumps: the u in (0, 1/2), or where the shape is global the w.
template <class Shape>
std::vector<double> kinks_of(const Shape& shape) {
  if constexpr (requires { &Shape::kinks; })
    return shape.kinks();
  else
    return {};
}

/// alpha and M in elementary formulas.
template <class Shape>
std::optional<ClosedForm> closed_form_of(const Shape& shape) {
  if constexpr (requires { &Shape::closed_form; })
    return shape.closed_form();
  else
    return std::nullopt;
}

/// What is to be known besides the formula.
template <class Shape>
std::vector<std::string> remarks_of(const Shape& shape) {
  if constexpr (requires { &Shape::remarks; })
    return shape.remarks();
  else
    return {};
}

/// What it must know of the whole tensor.
template <class Shape>
std::vector<GridParameter> parameters_of(const Shape& shape) {
  if constexpr (requires { &Shape::parameters; })
    return shape.parameters();
  else
    return {};
}
template <class Shape, class T>
void fit_shape(const Shape& shape, std::span<const T> w, std::span<double> numbers) {
  if constexpr (requires { shape.fit(w, numbers); }) shape.fit(w, numbers);
}

}  // namespace steq
