// SPDX-License-Identifier: MIT
// Trained ternary quantization: -W_n, 0 and W_p; the two scales learn, the threshold follows the largest weight.
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/require_weights.hpp"
#include "sim/quantizers/three_levels.hpp"

namespace steq::quantizers {
namespace {

class Ttq {
 public:
  /// `start` of both scales; 0: the mean magnitudes beyond the thresholds.
  Ttq(double share, double start, double rate_factor, std::size_t fan_in)
      : share_(share), start_(start), rate_factor_(rate_factor), usual_(std::sqrt(6.0 / static_cast<double>(fan_in))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "threshold", .meaning = "D, t times the largest |w|, in weight units", .stored = false},
            scale("positive", "W_p, the value of weights above D, in weight units"),
            scale("negative", "W_n, minus the value of weights below -D, in weight units")};
  }
  std::size_t group() const { return 0; }
  Grid grid_at(std::span<const double> numbers) const { return three_levels(numbers[2], numbers[0], numbers[1]); }
  GridFrame frame_at(std::span<const double> numbers) const { return {-numbers[2], numbers[1], 0}; }
  std::vector<double> example() const {
    const double threshold = share_ * usual_, scale = start_ > 0 ? start_ : (usual_ + threshold) / 2;
    return {threshold, scale, scale};
  }

  template <class T>
  void fit(std::span<const T> w, std::span<double> numbers) const {
    double largest = 0;
    for (const T x : w) largest = std::max(largest, std::abs(double{x}));
    numbers[0] = share_ * largest;
  }

  template <class T>
  void start(std::span<const T> w, std::span<double> numbers) const {
    numbers[1] = start_ > 0 ? start_ : mean_beyond(numbers[0], w, [](T x) { return double{x}; });
    numbers[2] = start_ > 0 ? start_ : mean_beyond(numbers[0], w, [](T x) { return -double{x}; });
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    to_three_levels(place.grid[2], place.grid[0], place.grid[1], w, level, value);
  }

  /// dL/dW_p is the sum of the gradients above D, dL/dW_n minus that of those below -D: the paper prints the latter
  /// without its sign, with which training ends at chance.
  template <class T>
  void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace& place,
                     std::span<double> sums) const {
    const T d = static_cast<T>(place.grid[0]);
    sums[0] += pairwise_sum(0, w.size(), [&](std::size_t i) { return w[i] > d ? double{gradient[i]} : 0; });
    sums[1] -= pairwise_sum(0, w.size(), [&](std::size_t i) { return w[i] < -d ? double{gradient[i]} : 0; });
  }

 private:
  GridParameter scale(const std::string& name, const std::string& meaning) const {
    return {.name = name,
            .meaning = meaning,
            .by = GridParameter::By::learned,
            .rate_factor = rate_factor_,
            .least = kLeastScale};
  }

  /// The mean of the `side` of weights where it exceeds the threshold; of all magnitudes where none does.
  template <class T, class Side>
  static double mean_beyond(double threshold, std::span<const T> w, const Side& side) {
    const auto beyond = [&](std::size_t i) { return side(w[i]) > threshold; };
    std::size_t count = 0;
    for (std::size_t i = 0; i < w.size(); ++i) count += beyond(i);
    const double sum = pairwise_sum(0, w.size(), [&](std::size_t i) { return beyond(i) ? side(w[i]) : 0; });
    return std::max(kLeastScale, count > 0 ? sum / static_cast<double>(count) : mean_magnitude(w));
  }

  double share_, start_, rate_factor_;
  double usual_;  // W of weights uniform in [-W, W]
};

}  // namespace

QuantizerRegistry::Entry ttq() {
  return quantizer_entry(
      {.name = "ttq",
       .summary = "Trained ternary quantization: -W_n, 0, W_p with learned scales and a threshold of t max |w|.",
       .formula =
           "Q(w) = W_p where w > D, -W_n where w < -D, else 0; D = t max |w|; dL/dW_p = sum of dL/dQ over w > D, "
           "dL/dW_n = minus the sum over w < -D",
       .citation = "Zhu et al., arXiv:1612.01064",
       .parameters = {{.name = "t",
                       .fallback = Value(0.05),
                       .meaning = "threshold in units of the largest |w|",
                       .min = 0,
                       .max = 1,
                       .max_excluded = true},
                      {.name = "start",
                       .fallback = Value("mean"),
                       .meaning = "W_p and W_n before the first update, in weight units; mean: of the |w| beyond D on "
                                  "either side",
                       .min = kLeastScale,
                       .max = 1e6,
                       .words = {"mean"}},
                      {.name = "rate_factor",
                       .fallback = Value(0.01),
                       .meaning = "learning rate of W_p and W_n in units of the learner's",
                       .min = 0}},
       .aliases = {{"trained-ternary"}, {"trained-ternary-quantization"}},
       .convention = "The cited paper prints dL/dW_n without the minus sign; its code has it.",
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        return Ttq(p.number("t"), p.is_word("start") ? 0 : p.number("start"), p.number("rate_factor"), tensor.fan_in);
      });
}

}  // namespace steq::quantizers
