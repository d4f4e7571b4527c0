// SPDX-License-Identifier: MIT
#include "experiments/training/exact_sums.hpp"

#include <fmt/format.h>

#include <bit>

namespace steq {
namespace {

/// Nothing of what is no fixed-point number.
std::optional<int> bits_of(const Spec& spec) {
  if (spec.name != "fixed-point") return std::nullopt;
  return static_cast<int>(std::get<std::int64_t>(spec.values.at("integer_bits")) +
                          std::get<std::int64_t>(spec.values.at("fraction_bits")));
}

/// ceil(log2(n))
int bits_of_count(std::size_t n) { return static_cast<int>(std::bit_width(n - 1)); }

}  // namespace

void require_exact_sums(const LearnerConfig& learner, const std::string& precision,
                        const std::vector<TensorInfo>& tensors, const std::string& place) {
  const bool stored = bits_of(learner.storage).has_value();
  const Spec& of_weights = stored ? learner.storage : learner.quantizer;
  const auto weights = bits_of(of_weights);
  const auto values = learner.activations ? bits_of(learner.activations->quantizer) : std::nullopt;
  if (!weights || !values) return;
  const bool is_double = precision == "double";
  const int most = is_double ? 53 : 24;
  for (const TensorInfo& tensor : tensors) {
    const int needed = *weights + *values + bits_of_count(tensor.fan_in);
    if (tensor.dims.size() < 2 || needed <= most || !(stored || tensor.quantize)) continue;
    throw InputError(
        place + (stored ? ".storage" : ".quantizer"),
        fmt::format("{} is not allowed: exact sums of {} need {} bits ({} of a weight, {} of a value, "
                    "{} of {} products), and precision {} has {}; allowed: {}fewer bits",
                    to_text(of_weights), tensor.name, needed, *weights, *values, bits_of_count(tensor.fan_in),
                    tensor.fan_in, precision, most, is_double ? "" : "precision double, or "));
  }
}

}  // namespace steq
