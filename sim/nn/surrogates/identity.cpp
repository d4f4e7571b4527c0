// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/nn/surrogate.hpp"

namespace steq::surrogates {
namespace {

struct Identity {
  template <class T>
  void apply(std::span<T> x, const BlockPlace&) const {
    std::ranges::fill(x, T(1));
  }
};

}  // namespace

SurrogateRegistry::Entry identity() {
  return surrogate_entry({.name = "identity",
                          .summary = "The gradient passes everywhere.",
                          .formula = "slope(x) = 1",
                          .citation = "Bengio, Leonard, Courville, arXiv:1308.3432",
                          .parameters = {},
                          .aliases = {{"ste"}, {"straight-through"}}},
                         [](const Parameters&, const Grid&) { return Identity{}; });
}

}  // namespace steq::surrogates
