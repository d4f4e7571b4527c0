// SPDX-License-Identifier: MIT
// Q(w) = s clip(round(w / s), -2^(bits - 1), 2^(bits - 1) - 1): signed integers times a step that stands.
#include "sim/quantizers/quantizer_rule.hpp"
#include "sim/quantizers/whole_steps.hpp"

namespace steq::quantizers {
namespace {

class Integer {
 public:
  Integer(int bits, double step) : steps_{-(1 << (bits - 1)), (1 << (bits - 1)) - 1}, grid_(steps_.grid(step)) {}

  const Grid& grid() const { return grid_; }

  template <class T>
  void apply(std::span<const T> w, std::span<Level> level, std::span<T> value, const BlockPlace&) const {
    steps_.quantize(grid_.delta, w, level, value);
  }

 private:
  WholeSteps steps_;
  Grid grid_;
};

double step_of(const Parameters& p, const TensorShape& tensor) {
  if (!p.is_word("step")) return p.number("step");
  if (tensor.activations) throw ParameterError("step", "\"fan-in\" is not allowed for activations; allowed: a number");
  return std::sqrt(6.0 / static_cast<double>(tensor.fan_in)) / std::exp2(p.integer("bits") - 1);
}

}  // namespace

QuantizerRegistry::Entry integer() {
  return quantizer_entry(
      {.name = "integer",
       .summary = "Signed integers times a step: one level is 0, and there is one more below it than above.",
       .formula = "Q(w) = s clip(round(w / s), -2^(bits - 1), 2^(bits - 1) - 1), half to even",
       .citation = "Jacob et al., arXiv:1712.05877, with zero point 0",
       .parameters = {bits_parameter(2),
                      {.name = "step",
                       .fallback = Value("fan-in"),
                       .meaning = "s, from one level to the next, in weight units; fan-in: sqrt(6 / fan_in) of the "
                                  "layer over 2^(bits - 1)",
                       .min = 1e-9,
                       .max = 1e6,
                       .words = {"fan-in"}}},
       .aliases = {{"int8", "\"integer\" with bits=8"}, {"int4", "\"integer\" with bits=4"}, {"int"}}},
      [](const Parameters& p, const TensorShape& tensor) {
        return Integer(static_cast<int>(p.integer("bits")), step_of(p, tensor));
      });
}

}  // namespace steq::quantizers
