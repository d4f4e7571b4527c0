// SPDX-License-Identifier: MIT
#include "records/safetensors_types.hpp"

#include <map>

namespace steq {

std::optional<std::size_t> dtype_bits(const std::string& dtype) {
  static const std::map<std::string, std::size_t> bits{
      {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"BOOL", 8},        {"I8", 8},         {"U8", 8},
      {"F8_E4M3", 8}, {"F8_E5M2", 8}, {"F8_E8M0", 8}, {"I16", 16},        {"U16", 16},       {"F16", 16},
      {"BF16", 16},   {"I32", 32},    {"U32", 32},    {"F32", 32},        {"I64", 64},       {"U64", 64},
      {"F64", 64},    {"C64", 64},    {"C128", 128},  {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}};
  const auto found = bits.find(dtype);
  return found == bits.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace steq
