// SPDX-License-Identifier: MIT
// Learned step size: integers times a step that is trained with the weights.
#include "sim/quantizers/magnitudes.hpp"
#include "sim/quantizers/per.hpp"
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/whole_steps.hpp"

namespace steq::quantizers {
namespace {

class Lsq {
 public:
  Lsq(int bits, const TensorShape& tensor, std::size_t group)
      : steps_{-(1 << (bits - 1)), (1 << (bits - 1)) - 1},
        group_(group),
        weights_(group > 0 ? group : tensor.weights),
        usual_(std::sqrt(6.0 / static_cast<double>(tensor.fan_in)) / (1 << (bits - 1))) {}

  std::vector<GridParameter> parameters() const {
    return {{.name = "step",
             .meaning = "s, from one level to the next, in weight units",
             .by = GridParameter::By::learned,
             .least = kLeastScale}};
  }
  std::size_t group() const { return group_; }
  Grid grid_at(std::span<const double> numbers) const { return steps_.grid(numbers[0]); }
  GridFrame frame_at(std::span<const double> numbers) const { return steps_.frame(numbers[0]); }
  std::vector<double> example() const { return {usual_}; }

  template <class T>
  void start(std::span<const T> w, std::span<double> numbers) const {
    numbers[0] = std::max(kLeastScale, 2 * mean_magnitude(w) / std::sqrt(steps_.to));
  }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace& place) const {
    steps_.quantize(place.grid[0], w, level, value);
  }

  /// dQ/ds = round(v) - v inside, the outermost integer outside and at the ends; v = w / s. Over sqrt(n Qp), the
  /// gradient scale of the cited paper.
  template <class T>
  void add_gradients(std::span<const T> w, std::span<const T> gradient, const BlockPlace& place,
                     std::span<double> sums) const {
    const T s = static_cast<T>(place.grid[0]);
    const double sum = pairwise_sum(0, w.size(), [&](std::size_t i) {
      const double v = double{w[i] / s};
      const double slope = v <= steps_.from ? steps_.from : v >= steps_.to ? steps_.to : std::nearbyint(v) - v;
      return double{gradient[i]} * slope;
    });
    sums[0] += sum / std::sqrt(static_cast<double>(weights_) * steps_.to);
  }

 private:
  WholeSteps steps_;
  std::size_t group_, weights_;
  double usual_;  // the step where nothing has been learned
};

}  // namespace

QuantizerRegistry::Entry lsq() {
  return quantizer_entry(
      {.name = "lsq",
       .summary = "Learned step size: signed integers times a step that learns by its own gradient.",
       .formula = "Q(w) = s clip(round(w / s), -Qn, Qp), Qn = 2^(bits - 1), Qp = Qn - 1; "
                  "dQ/ds = round(v) - v for -Qn < v < Qp, v = w / s, else -Qn or Qp; its gradient over sqrt(n Qp)",
       .citation = "Esser et al., arXiv:1902.08153",
       .parameters = {bits_parameter(2), per_parameter()},
       .aliases = {{"learned-step"}, {"learned-step-size"}}},
      [](const Parameters& p, const TensorShape& tensor) {
        return Lsq(static_cast<int>(p.integer("bits")), tensor, group_of(p, tensor));
      });
}

}  // namespace steq::quantizers
