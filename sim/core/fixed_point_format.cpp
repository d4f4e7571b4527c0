// SPDX-License-Identifier: MIT
#include "sim/core/fixed_point_format.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

constexpr int kMostBitsOfParts = 24;

ParameterInfo part_parameter(const std::string& name, std::int64_t fallback, const std::string& meaning) {
  return {.name = name,
          .kind = Kind::integer,
          .fallback = Value(fallback),
          .meaning = meaning,
          .min = name == "integer_bits" ? 1.0 : 0.0,
          .max = kMostBitsOfParts};
}

}  // namespace

std::vector<ParameterInfo> fixed_point_parameters() {
  return {part_parameter("integer_bits", 2, "I, bits before the point, the sign among them"),
          part_parameter("fraction_bits", 6, "F, bits after the point"),
          {.name = "rounding",
           .kind = Kind::text,
           .fallback = Value("nearest"),
           .meaning = "nearest: ties go down; stochastic: up with the probability of the share of the way",
           .words = {"nearest", "stochastic"}}};
}

FixedPointFormat fixed_point_format(const Parameters& p, int most) {
  const auto whole = static_cast<int>(p.integer("integer_bits")), part = static_cast<int>(p.integer("fraction_bits"));
  if (whole + part > most || whole + part < 2)
    throw ParameterError(
        "fraction_bits",
        fmt::format("{} and {} integer bits are not allowed; allowed: 2 to {} bits together", part, whole, most));
  return {whole, part, p.text("rounding") == "stochastic"};
}

}  // namespace steq
