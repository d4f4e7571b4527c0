// SPDX-License-Identifier: MIT
// The numbers of a tensor, whatever they are stored as.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "records/safetensors.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

float from_bfloat16(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

/// IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction.
float from_half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  float value = std::ldexp(static_cast<float>(exponent == 0 ? fraction : 1024 + fraction), std::max(exponent, 1) - 25);
  if (exponent == 31) value = fraction == 0 ? std::numeric_limits<float>::infinity() : std::nanf("");
  return bits >> 15 ? -value : value;
}

std::vector<float> widened(const std::string& bytes, float (*convert)(std::uint16_t)) {
  std::vector<float> values(bytes.size() / sizeof(std::uint16_t));
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint16_t bits;
    std::memcpy(&bits, bytes.data() + i * sizeof bits, sizeof bits);
    values[i] = convert(bits);
  }
  return values;
}

}  // namespace

void make_numbers(StoredTensor& tensor, const std::string& place) {
  const auto* raw = std::get_if<RawNumbers>(&tensor.data);
  if (!raw) return;
  if (raw->dtype != "F16" && raw->dtype != "BF16")
    throw InputError(place, fmt::format("holds numbers of type {}; allowed: F64, F32, F16 or BF16", raw->dtype));
  tensor.data = widened(raw->bytes, raw->dtype == "F16" ? from_half : from_bfloat16);
}

void change_numbers(StoredTensor& tensor, const std::function<double(double)>& change) {
  if (auto* doubles = std::get_if<std::vector<double>>(&tensor.data))
    for (double& w : *doubles) w = change(w);
  if (auto* floats = std::get_if<std::vector<float>>(&tensor.data))
    for (float& w : *floats) w = static_cast<float>(change(static_cast<double>(w)));
}

std::vector<double> values_of(StoredTensor tensor, const std::string& place) {
  make_numbers(tensor, place);
  if (auto* values = std::get_if<std::vector<double>>(&tensor.data)) return std::move(*values);
  const auto& values = std::get<std::vector<float>>(tensor.data);
  return {values.begin(), values.end()};
}

}  // namespace steq
