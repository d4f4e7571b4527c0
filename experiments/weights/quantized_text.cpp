// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "experiments/weights/quantize.hpp"
#include "plots/tables/text_table.hpp"

namespace steq {

std::string quantized_text(const QuantizedFile& quantized) {
  constexpr const char* kColumns[][2] = {
      {"weights", "weights"},           {"levels", "levels"},          {"relative_squared_error", "squared error"},
      {"angle_degrees", "angle"},       {"zero_share", "zeros"},       {"bits", "bits"},
      {"huffman_bits", "Huffman bits"}, {"compression", "compression"}};
  std::vector<Row> rows{{"tensor"}};
  for (const auto& [key, title] : kColumns) rows[0].push_back(title);
  for (const Json& tensor : quantized.tensors) {
    Row& row = rows.emplace_back(1, tensor["name"].get<std::string>());
    for (const auto& [key, title] : kColumns) row.push_back(number_text(tensor[key]));
  }
  return aligned(rows);
}

}  // namespace steq
