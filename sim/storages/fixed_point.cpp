// SPDX-License-Identifier: MIT
// The weight on a grid of fixed-point numbers: there is no other copy of it.
#include "sim/core/fixed_point_format.hpp"
#include "sim/storages/storage.hpp"

namespace steq::storages {
namespace {

constexpr int kMostBits = 24;

struct FixedPoint {
  FixedPointFormat format;

  template <class T>
  void keep(std::span<T> w, const BlockPlace& place) const {
    format.convert(std::span<const T>(w), w, place, Purpose::storage_noise);
  }
  template <class T>
  void add(std::span<T> w, std::span<T> change, const BlockPlace& place) const {
    keep(change, place);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] = format.clipped(w[i] + change[i]);
  }
};

}  // namespace

StorageRegistry::Entry fixed_point() {
  return storage_entry({.name = "fixed-point",
                        .summary = "A fixed-point number in every trained tensor, biases too: what an update adds is "
                                   "rounded once to the same grid, and moments are not.",
                        .formula = "w <- clip(w + R(change)), change being what rule and decoupled decay add; R as in "
                                   "the quantizer fixed-point; first weights: R(w)",
                        .citation = "Gupta et al., arXiv:1502.02551, section 3",
                        .parameters = fixed_point_parameters(),
                        .aliases = {{"fixed"}, {"q-format"}}},
                       [](const Parameters& p) { return FixedPoint{fixed_point_format(p, kMostBits)}; });
}

}  // namespace steq::storages
