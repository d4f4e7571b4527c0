// SPDX-License-Identifier: MIT
#include "sim/nn/surrogate.hpp"

namespace steq::surrogates {
namespace {

struct Saturated {
  template <class T>
  void apply(std::span<T> x, const BlockPlace& place) const {
    const T low = static_cast<T>(place.frame.low), high = static_cast<T>(place.frame.high);
    for (T& value : x) value = value >= low && value <= high ? T(1) : T(0);
  }
};

}  // namespace

SurrogateRegistry::Entry saturated() {
  return surrogate_entry({.name = "saturated",
                          .summary = "The gradient passes between the lowest and the highest level, ends among them.",
                          .formula = "slope(x) = 1 where lo <= x <= hi, else 0",
                          .citation = "Courbariaux et al., arXiv:1602.02830, section 1.3",
                          .parameters = {},
                          .aliases = {{"clipped"}, {"hard-tanh"}, {"clamp"}}},
                         [](const Parameters&, const Grid&) { return Saturated{}; });
}

}  // namespace steq::surrogates
