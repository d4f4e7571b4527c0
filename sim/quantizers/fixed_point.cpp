// SPDX-License-Identifier: MIT
// Fixed-point numbers of so many integer and fraction bits; rounded to the nearest, ties down, or stochastically.
#include <array>
#include <cmath>

#include "sim/core/random.hpp"
#include "sim/quantizers/quantizer_rule.hpp"

namespace steq::quantizers {
namespace {

/// The levels of weights are counted in a Level; of activations nobody asks for them.
constexpr int kMostBits = 15, kMostBitsOfActivations = 16;

class FixedPoint {
 public:
  FixedPoint(int integer_bits, int fraction_bits, bool stochastic)
      : step_(std::exp2(-fraction_bits)),
        per_step_(1 / step_),
        half_(1 << (integer_bits + fraction_bits - 1)),
        stochastic_(stochastic) {
    grid_.delta = step_;
    grid_.range = (2 * half_ - 1) * step_ / 2;
    for (int j = -half_; j < half_; ++j) grid_.levels.push_back(j * step_);
    for (int j = -half_; j < half_ - 1; ++j) grid_.thresholds.push_back((j + 0.5) * step_);
  }

  const Grid& grid() const { return grid_; }
  bool noisy() const { return stochastic_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T step = static_cast<T>(step_);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T nearest = within(std::ceil(w[i] / step - T(0.5)));
      level[i] = static_cast<Level>(static_cast<int>(nearest) + half_);
      value[i] = nearest * step;
    }
    if (stochastic_ && !place.hard) draw(w, value, place);
  }

 private:
  /// Up with the probability of the share of the way: the mean over draws is w.
  template <class T>
  void draw(std::span<const T> w, std::span<T> value, const BlockPlace& place) const {
    std::array<double, kBlock> share;
    draw_uniform(place, Purpose::quantizer_noise, std::span(share).first(w.size()));
    for (std::size_t i = 0; i < w.size(); ++i)
      value[i] = static_cast<T>(within(std::floor(double{w[i]} * per_step_ + share[i])) * step_);
  }

  /// This order of comparisons gives a NaN the lowest level.
  template <class T>
  T within(T index) const {
    const T low = static_cast<T>(-half_), high = static_cast<T>(half_ - 1);
    const T above = index > low ? index : low;
    return above < high ? above : high;
  }

  double step_, per_step_;  // powers of two
  int half_;                // of the number of levels
  bool stochastic_;
  Grid grid_;
};

ParameterInfo part_parameter(const std::string& name, std::int64_t fallback, const std::string& meaning) {
  return {.name = name,
          .kind = Kind::integer,
          .fallback = Value(fallback),
          .meaning = meaning,
          .min = name == "integer_bits" ? 1.0 : 0.0,
          .max = kMostBitsOfActivations};
}

}  // namespace

QuantizerRegistry::Entry fixed_point() {
  return quantizer_entry(
      {.name = "fixed-point",
       .summary = "Fixed-point numbers, rounded to the nearest (ties down) or at random so that the mean is exact.",
       .formula = "Q(w) = eps clip(R(w / eps), -2^(I + F - 1), 2^(I + F - 1) - 1), eps = 2^-F; nearest: R(x) = "
                  "ceil(x - 1/2); stochastic: R(x) = floor(x + U), U uniform in [0, 1)",
       .citation = "Gupta et al., arXiv:1502.02551, section 3",
       .parameters = {part_parameter("integer_bits", 2, "I, bits before the point, the sign among them"),
                      part_parameter("fraction_bits", 6, "F, bits after the point"),
                      {.name = "rounding",
                       .kind = Kind::text,
                       .fallback = Value("nearest"),
                       .meaning = "nearest: ties go down; stochastic: up with the probability of the share of the way, "
                                  "in training; else as nearest",
                       .words = {"nearest", "stochastic"}}},
       .aliases = {{"fixed"}, {"q-format"}}},
      [](const Parameters& p, const TensorShape& tensor) {
        const auto whole = static_cast<int>(p.integer("integer_bits")),
                   part = static_cast<int>(p.integer("fraction_bits"));
        const int most = tensor.activations ? kMostBitsOfActivations : kMostBits;
        if (whole + part > most || whole + part < 2)
          throw ParameterError("fraction_bits", fmt::format("{} and {} integer bits are not allowed; allowed: 2 to {} "
                                                            "bits together",
                                                            part, whole, most));
        return FixedPoint(whole, part, p.text("rounding") == "stochastic");
      });
}

}  // namespace steq::quantizers
