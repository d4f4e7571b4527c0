// SPDX-License-Identifier: MIT
// Relaxed quantization: the noise that a weight could have makes of it a distribution over the levels.
#include "sim/quantizers/relaxed.hpp"

#include "sim/quantizers/require_weights.hpp"

namespace steq::quantizers {
namespace {

std::vector<ParameterInfo> relaxed_parameters() {
  ParameterInfo bits = bits_parameter(1);
  bits.max = 4;
  return {
      bits,
      range_parameter(),
      {.name = "spread",
       .fallback = Value(1.0 / 3),
       .meaning = "scale of the logistic noise at the start, in units of the step",
       .min = 0.001,
       .max = 1000},
      {.name = "least_spread",
       .fallback = Value(0.1),
       .meaning = "what the scale does not fall below, in units of the first step: without noise no gradient passes",
       .min = 0,
       .max = 1000},
      {.name = "temperature",
       .fallback = Value(1.0),
       .meaning = "of the softmax that takes the place of a draw; towards 0 it becomes the draw",
       .min = 0.01,
       .max = 1000},
      {.name = "rate_factor",
       .fallback = Value(1.0),
       .meaning = "learning rate of step and spread in units of the learner's",
       .min = 0}};
}

}  // namespace

QuantizerRegistry::Entry relaxed() {
  return quantizer_entry(
      {.name = "relaxed",
       .summary =
           "Relaxed quantization: in training a smooth draw among the levels that noise could reach; tested with "
           "the nearest.",
       .formula =
           "p_i = sig((g_i + s/2 - w) / r) - sig((g_i - s/2 - w) / r), s the step, r the spread; in training Q(w) = "
           "sum of g_i z_i, z = softmax((log p + Gumbel noise) / temperature), and the gradient passes "
           "through that; at inference the nearest g_i",
       .citation = "Louizos et al., arXiv:1810.01875, section 2",
       .parameters = relaxed_parameters(),
       .aliases = {{"relaxed-quantization"}, {"rq"}},
       .needs = "weights"},
      [](const Parameters& p, const TensorShape& tensor) {
        require_weights(tensor);
        const std::size_t count = std::size_t{1} << p.integer("bits");
        if (p.number("spread") < p.number("least_spread"))
          throw ParameterError("spread", fmt::format("{} is not allowed with least_spread {}; allowed: at least that",
                                                     p.number("spread"), p.number("least_spread")));
        return Relaxed{.count = count,
                       .usual_step = 2 * resolve_range(p, tensor) / static_cast<double>(count - 1),
                       .first_share = p.number("spread"),
                       .least_share = p.number("least_spread"),
                       .temperature = p.number("temperature"),
                       .rate_factor = p.number("rate_factor")};
      });
}

}  // namespace steq::quantizers
