// SPDX-License-Identifier: MIT
#include "sim/nn/surrogate.hpp"

namespace steq::surrogates {
namespace {

struct Exact {
  std::shared_ptr<const ForwardSlope> slope;

  template <class T>
  void apply(std::span<T> x, const BlockPlace& place) const {
    slope->turn(ForwardSlope::Form::exact, x, place.grid);
  }
};

}  // namespace

SurrogateRegistry::Entry exact() {
  return surrogate_entry({.name = "exact",
                          .summary = "The derivative of a soft quantizer's own forward pass.",
                          .formula = "slope(x) = alpha beta T sum of s_i sig'(T (beta x - b_i))",
                          .citation = "Yang et al., arXiv:1911.09464",
                          .parameters = {},
                          .needs = "soft-staircase:levels=0/1/2/3,thresholds=0.5/1.5/2.5,temperature=10"},
                         [](const Parameters&, const Grid& grid) {
                           if (!grid.slope)
                             throw ParameterError(
                                 "",
                                 "is not allowed: the forward pass of this quantizer has no derivative; allowed: "
                                 "quantizer soft-staircase, or the surrogates identity and saturated");
                           return Exact{grid.slope};
                         });
}

}  // namespace steq::surrogates
