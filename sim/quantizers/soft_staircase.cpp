// SPDX-License-Identifier: MIT
// Quantization Networks: a sum of sigmoids in training, of unit steps at inference; scales learn, the temperature rises.
#include "sim/quantizers/staircase.hpp"

namespace steq::quantizers {
namespace {

std::string no_levels(const Value& value) {
  const bool few = std::get<Numbers>(value).size() < 2;
  return few ? to_text(value) + " is not allowed; allowed: at least two levels" : not_rising(value);
}

Staircase staircase_of(const Parameters& p, const TensorShape& tensor) {
  Staircase s{.levels = p.numbers("levels"),
              .thresholds = p.is_word("thresholds") ? Numbers() : p.numbers("thresholds"),
              .per_epoch = p.has("temperature_per_epoch"),
              .most = p.number("temperature_max"),
              .soft = p.text("forward") == "soft",
              .rate_factor = p.number("rate_factor")};
  const std::string temperature = s.per_epoch ? "temperature_per_epoch" : "temperature";
  s.temperature = p.number(temperature);
  if (s.temperature > s.most)
    throw ParameterError(temperature, fmt::format("{} is not allowed with temperature_max {}; allowed: at most that",
                                                  s.temperature, s.most));
  if (s.thresholds.empty() && tensor.activations)
    throw ParameterError("thresholds", "\"fitted\" is not allowed for activations; allowed: a list of numbers");
  if (!s.thresholds.empty() && s.thresholds.size() + 1 != s.levels.size())
    throw ParameterError("thresholds",
                         fmt::format("{} numbers are not allowed with {} levels; allowed: {}, one between "
                                     "two levels each",
                                     s.thresholds.size(), s.levels.size(), s.levels.size() - 1));
  return s;
}

std::vector<ParameterInfo> staircase_parameters() {
  return {{.name = "levels",
           .kind = Kind::numbers,
           .fallback = Value(Numbers{-1, 0, 1}),
           .meaning = "Y, in units of alpha, rising",
           .refusal = no_levels},
          {.name = "thresholds",
           .kind = Kind::numbers,
           .fallback = Value("fitted"),
           .meaning = "b, between the levels, in units of beta w; fitted: between the clusters of the first weights, "
                      "-0.05 and 0.05 beside a level 0",
           .words = {"fitted"},
           .refusal = not_rising},
          {.name = "temperature",
           .meaning = "T, steepness of the soft steps, in 1 / (beta w)",
           .min = 0,
           .min_excluded = true,
           .example = Value(10.0)},
          {.name = "temperature_per_epoch",
           .meaning = "T of the first epoch; it grows by as much with each",
           .min = 0,
           .min_excluded = true,
           .instead_of = "temperature"},
          {.name = "temperature_max",
           .fallback = Value(2000.0),
           .meaning = "what T does not exceed",
           .min = 0,
           .min_excluded = true},
          {.name = "forward",
           .kind = Kind::text,
           .fallback = Value("soft"),
           .meaning = "what training uses: soft steps, or the levels themselves",
           .words = {"soft", "hard"}},
          {.name = "rate_factor",
           .fallback = Value(1.0),
           .meaning = "learning rate of alpha and beta in units of the learner's",
           .min = 0}};
}

}  // namespace

QuantizerRegistry::Entry soft_staircase() {
  return quantizer_entry(
      {.name = "soft-staircase",
       .summary = "Quantization Networks: sigmoid steps in training, unit steps at inference, with learned scales.",
       .formula =
           "Q(w) = alpha (sum of s_i sig(T (beta w - b_i)) - o) in training, s_i = Y_(i+1) - Y_i, o = half the sum "
           "of the s_i for weights, 0 for activations; at inference unit steps, 1 where beta w > b_i",
       .citation = "Yang et al., arXiv:1911.09464",
       .parameters = staircase_parameters(),
       .aliases = {{"quantization-networks"}, {"qn"}, {"sigmoid"}}},
      [](const Parameters& p, const TensorShape& tensor) { return SoftStaircase(staircase_of(p, tensor), tensor); });
}

}  // namespace steq::quantizers
