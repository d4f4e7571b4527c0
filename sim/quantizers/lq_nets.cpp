// SPDX-License-Identifier: MIT
// LQ-Nets: levels are the sums of a basis with either sign; the basis follows the weights.
#include "sim/codebooks/binary_basis.hpp"
#include "sim/quantizers/nearest_level.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

class LqNets {
 public:
  LqNets(std::size_t bits, const TensorShape& tensor)
      : bits_(bits), usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {
        {.name = "basis", .meaning = "v, whose sums with either sign are the levels, in weight units", .count = bits_}};
  }
  std::size_t group() const { return 0; }
  Grid grid_at(std::span<const double> numbers) const {
    return grid_of_levels(basis_values({numbers.begin(), numbers.end()}));
  }
  std::vector<double> example() const { return first_basis(usual_, bits_); }

  /// From the basis of then, at the beginning from powers of two.
  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    const SortedValues<T> values(w);
    std::vector<double> basis(numbers.begin(), numbers.end());
    if (std::ranges::all_of(basis, [](double v) { return v == 0; })) {
      const double ends[] = {std::abs(double{values.values().front()}), std::abs(double{values.values().back()})};
      basis = first_basis(std::max(ends[0], ends[1]), bits_);
    }
    std::ranges::copy(best_basis(values, std::move(basis)), numbers.begin());
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    to_nearest_level(grid_at(place.grid), w, level, value);
  }

 private:
  std::size_t bits_;
  double usual_;  // W of weights uniform in [-W, W]
};

}  // namespace

QuantizerRegistry::Entry lq_nets() {
  return quantizer_entry(
      {.name = "lq-nets",
       .summary =
           "All sums of a basis with either sign; codes and basis follow the weights in turn until neither moves.",
       .formula =
           "Q(w) = the nearest of sum_k b_k v_k, b_k = -1 or 1; v = (B'B)^-1 B'w, at first max |w| 2^k / (2^bits - 1)",
       .citation = "Zhang et al., arXiv:1807.10029",
       .parameters = {bits_parameter(1)},
       .aliases = {{"lqnet"}, {"lq"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return LqNets(static_cast<std::size_t>(p.integer("bits")), tensor);
      });
}

}  // namespace steq::quantizers
