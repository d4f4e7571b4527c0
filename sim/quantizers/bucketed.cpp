// SPDX-License-Identifier: MIT
// Evenly spaced levels from the smallest to the largest weight of each bucket.
#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/random.hpp"
#include "sim/core/within.hpp"
#include "sim/quantizers/bucket.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

class Bucketed {
 public:
  Bucketed(int bits, std::size_t bucket, bool stochastic, const TensorShape& tensor)
      : intervals_((1 << bits) - 1),
        bucket_(bucket),
        stochastic_(stochastic),
        usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "low", .meaning = "the smallest weight, in weight units"},
            {.name = "width", .meaning = "from there to the largest, in weight units"}};
  }
  std::size_t group() const { return bucket_; }
  bool noisy() const { return stochastic_; }

  Grid grid_at(std::span<const double> numbers) const {
    const double low = numbers[0], step = numbers[1] / intervals_;
    Grid grid{.levels = {}, .thresholds = {}, .range = numbers[1] / 2, .delta = step, .clips = false};
    for (int j = 0; j <= intervals_; ++j) grid.levels.push_back(low + j * step);
    for (int j = 0; j < intervals_; ++j) grid.thresholds.push_back(low + (j + 0.5) * step);
    return grid;
  }
  std::vector<double> example() const { return {-usual_, 2 * usual_}; }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    const BucketScale scale = bucket_scale(w);
    numbers[0] = scale.low, numbers[1] = scale.width;
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    const T low = static_cast<T>(place.grid[0]), width = static_cast<T>(place.grid[1]);
    const T steps = static_cast<T>(intervals_);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const T nearest = within(std::ceil((w[i] - low) / width * steps - T(0.5)), T(0), steps);
      level[i] = static_cast<Level>(nearest);
      value[i] = width * (nearest / steps) + low;
    }
    if (stochastic_ && !place.hard) draw(w, value, place);
  }

 private:
  template <class T>
  void draw(std::span<const T> w, std::span<T> value, const BlockPlace& place) const {
    std::array<double, kBlock> share;
    draw_uniform(place, Purpose::quantizer_noise, std::span(share).first(w.size()));
    const double low = place.grid[0], width = place.grid[1], steps = intervals_;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double index = within(std::floor((double{w[i]} - low) / width * steps + share[i]), 0.0, steps);
      value[i] = static_cast<T>(width * (index / steps) + low);
    }
  }

  int intervals_;
  std::size_t bucket_;
  bool stochastic_;
  double usual_;
};

}  // namespace

QuantizerRegistry::Entry bucketed() {
  return quantizer_entry(
      {.name = "bucketed",
       .summary = "Quantized distillation's grid: even levels from the smallest to the largest weight of each bucket.",
       .formula =
           "Q(w) = width / S (floor(S h) + x) + low, h = (w - low) / width, S = 2^bits - 1; nearest: x = 1 where "
           "S h - floor(S h) > 1/2, else 0; stochastic: x = 1 with probability S h - floor(S h)",
       .citation = "Polino, Pascanu, Alistarh, arXiv:1802.05668, section 2",
       .parameters = {bits_parameter(1),
                      bucket_parameter(),
                      {.name = "rounding",
                       .kind = Kind::text,
                       .fallback = Value("nearest"),
                       .meaning = "nearest: ties go down; stochastic: drawn in training, else as nearest",
                       .words = {"nearest", "stochastic"}}},
       .aliases = {{"bucket"}, {"scaled-uniform"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return Bucketed(static_cast<int>(p.integer("bits")), static_cast<std::size_t>(p.integer("bucket")),
                        p.text("rounding") == "stochastic", tensor);
      });
}

}  // namespace steq::quantizers
