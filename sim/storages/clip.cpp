// SPDX-License-Identifier: MIT
// The weight, cut to the range of its grid.
#include <algorithm>

#include "sim/storages/storage.hpp"

namespace steq::storages {
namespace {

struct Clip {
  template <class T>
  void keep(std::span<T> w, const BlockPlace& place) const {
    const T low = static_cast<T>(place.frame.low), high = static_cast<T>(place.frame.high);
    for (T& x : w) x = x < low ? low : x > high ? high : x;
  }
};

}  // namespace

StorageRegistry::Entry clip() {
  return storage_entry({.name = "clip",
                        .summary = "The weight, cut to lie between the lowest and the highest level of the grid of the "
                                   "update; a NaN stays one. Tensors without levels keep all.",
                        .formula = "w <- min(max(w, lo), hi)",
                        .citation = "Courbariaux et al., arXiv:1511.00363, section 2.4",
                        .parameters = {},
                        .aliases = {{"clamp"}, {"weight-clip"}}},
                       [](const Parameters&) { return Clip{}; });
}

}  // namespace steq::storages
