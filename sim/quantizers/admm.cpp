// SPDX-License-Identifier: MIT
// The projection of the ADMM method: codes and one scale follow the weights in turn.
#include "sim/codebooks/best_scale.hpp"
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/nearest_level.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

class Admm {
 public:
  Admm(std::vector<double> codes, const TensorShape& tensor)
      : codes_(std::move(codes)), usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in)) / 2) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "scale", .meaning = "a, the least-squares factor of the codes, in weight units"}};
  }
  std::size_t group() const { return 0; }
  Grid grid_at(std::span<const double> numbers) const { return grid_of_levels(scaled(codes_, numbers[0])); }
  std::vector<double> example() const { return {usual_}; }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    numbers[0] = best_scale(SortedValues<T>(w), codes_, mean_magnitude(w));
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    to_nearest_level(grid_at(place.grid), w, level, value);
  }

 private:
  std::vector<double> codes_;
  double usual_;  // of weights uniform in [-sqrt(6 / fan_in), sqrt(6 / fan_in)]
};

}  // namespace

QuantizerRegistry::Entry admm() {
  return quantizer_entry(
      {.name = "admm",
       .summary = "The nearest of a few codes times one scale, both by least squares: the projection of ADMM.",
       .formula = "Q(w) = a c, c = the nearest code to w / a, a = <w, c> / <c, c>, in turn from a = mean |w|; codes "
                  "-1, 0, 1, or 0 and -4, -2, -1, 1, 2, 4",
       .citation = "Leng et al., arXiv:1707.09870",
       .parameters = {{.name = "set",
                       .kind = Kind::text,
                       .fallback = Value("ternary"),
                       .meaning = "the codes: -1, 0, 1, or 0 and three powers of two with either sign",
                       .words = {"ternary", "power-of-two"}}},
       .aliases = {{"leng"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        const bool ternary = p.text("set") == "ternary";
        return Admm(ternary ? std::vector<double>{-1, 0, 1} : std::vector<double>{-4, -2, -1, 0, 1, 2, 4}, tensor);
      });
}

}  // namespace steq::quantizers
