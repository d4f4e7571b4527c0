// SPDX-License-Identifier: MIT
// How many bits each learner's quantized weights take.
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::sections {

std::optional<Section> sizes(const ReportedRun& run) {
  const Json& summary = run.stored().summary();
  if (!summary.is_object() || !summary.contains("learners")) return std::nullopt;
  Table table{.caption = "Bits of the quantized weights",
              .header = {"learner", "weights", "bits", "Huffman bits", "stored numbers", "compression",
                         "compression with Huffman codes"},
              .rows = {}};
  for (const auto& [name, learner] : summary["learners"].items()) {
    const Json size = learner.is_object() ? learner.value("size", Json()) : Json();
    if (!size.is_object()) continue;
    Row& row = table.rows.emplace_back(Row{name});
    for (const char* key : {"weights", "bits", "huffman_bits", "stored_numbers", "compression", "huffman_compression"})
      row.push_back(number_text(size.value(key, Json())));
  }
  if (table.rows.empty()) return std::nullopt;
  const char* meaning =
      "Bits are means over weights: of a level's index, and of its Huffman code. Stored numbers are those from which "
      "the "
      "levels follow. A compression compares with 32 bits a weight, and counts stored numbers with 32 bits each.";
  return Section{"sizes", "Size", html_table(table) + paragraph(meaning), {{"sizes", table}}};
}

}  // namespace steq::sections
