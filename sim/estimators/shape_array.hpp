// SPDX-License-Identifier: MIT
// What a shape is evaluated on: blocks of weights, or enclosures.
#pragma once

#include <optional>
#include <type_traits>

#include "sim/core/jet.hpp"
#include "sim/core/padded.hpp"

/// A Jet is an Eigen scalar, so that formulas written once as templates can be enclosed as well as evaluated.
template <>
struct Eigen::NumTraits<steq::Jet> : Eigen::NumTraits<double> {
  using Real = steq::Jet;
  using NonInteger = steq::Jet;
  using Nested = steq::Jet;
  using Literal = double;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 6,
    AddCost = 20,
    MulCost = 80
  };
};

namespace steq {

/// A block of values, at most kBlock of them (few, where they are enclosures), on the stack; shapes are written once in
/// terms of it for both precisions and for enclosures.
template <class T>
using ShapeArray = Eigen::Array<T, Eigen::Dynamic, 1, 0, std::is_floating_point_v<T> ? static_cast<int>(kBlock) : 4, 1>;

/// False where a shape says that its evaluate is for floating-point numbers alone (static constexpr bool kEnclosable =
/// false), or where more than q multiplies the gradients.
template <class Shape>
constexpr bool enclosable() {
  if constexpr (requires { Shape::kEnclosable; })
    return Shape::kEnclosable;
  else
    return !requires { &Shape::factor; };
}

/// q and its derivatives over an interval of the shape's coordinate; nothing where that is undecided.
template <class Shape>
std::optional<Jet> enclosure_of(const Shape& shape, const Interval& at) {
  if constexpr (enclosable<Shape>()) {
    ShapeArray<Jet> q = ShapeArray<Jet>::Constant(1, Jet::variable(at));
    try {
      shape.evaluate(q);
    } catch (const Undecided&) {
      return std::nullopt;
    }
    return q[0];
  } else {
    return std::nullopt;
  }
}

}  // namespace steq
