// SPDX-License-Identifier: MIT
// Fixed-point numbers of so many integer and fraction bits; rounded to the nearest, ties down, or stochastically.
#include "sim/core/fixed_point_format.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

/// The levels of weights are counted in a Level; of activations nobody asks for them.
constexpr int kMostBits = 15, kMostBitsOfActivations = 16;

class FixedPoint {
 public:
  explicit FixedPoint(const FixedPointFormat& format) : format_(format) {
    const double step = format.step();
    const int half = format.half();
    grid_.delta = step;
    grid_.range = (2 * half - 1) * step / 2;
    for (int j = -half; j < half; ++j) grid_.levels.push_back(j * step);
    for (int j = -half; j < half - 1; ++j) grid_.thresholds.push_back((j + 0.5) * step);
  }

  const Grid& grid() const { return grid_; }
  bool noisy() const { return format_.stochastic(); }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T step = static_cast<T>(format_.step());
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T nearest = format_.nearest(w[i]);
      level[i] = static_cast<Level>(static_cast<int>(nearest) + format_.half());
      value[i] = nearest * step;
    }
    if (noisy() && !place.hard) format_.convert(w, value, place, Purpose::quantizer_noise);
  }

 private:
  FixedPointFormat format_;
  Grid grid_;
};

}  // namespace

QuantizerRegistry::Entry fixed_point() {
  return quantizer_entry(
      {.name = "fixed-point",
       .summary = "Fixed-point numbers, rounded to the nearest (ties down) or at random so that the mean is exact; "
                  "tested with the nearest.",
       .formula = "Q(w) = eps clip(R(w / eps), -2^(I + F - 1), 2^(I + F - 1) - 1), eps = 2^-F; nearest: R(x) = "
                  "ceil(x - 1/2); stochastic: R(x) = floor(x + U), U uniform in [0, 1)",
       .citation = "Gupta et al., arXiv:1502.02551, section 3",
       .parameters = fixed_point_parameters(),
       .aliases = {{"fixed"}, {"q-format"}}},
      [](const Parameters& p, const TensorShape& tensor) {
        return FixedPoint(fixed_point_format(p, tensor.activations ? kMostBitsOfActivations : kMostBits));
      });
}

}  // namespace steq::quantizers
