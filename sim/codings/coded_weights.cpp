// SPDX-License-Identifier: MIT
#include "sim/codings/coded_weights.hpp"

#include <bit>

#include "sim/codebooks/huffman.hpp"

namespace steq {

double index_bits(const std::vector<StoredIndex>& indices) {
  double bits = 0;
  for (const StoredIndex& index : indices)
    bits += index.per_weight * static_cast<double>(std::bit_width(index.counts.size() - 1));
  return bits;
}

double huffman_bits(const std::vector<StoredIndex>& indices) {
  double bits = 0;
  for (const StoredIndex& index : indices) bits += index.per_weight * huffman_bits(index.counts);
  return bits;
}

double compression(std::size_t weights, double bits, std::size_t stored) {
  const double n = static_cast<double>(weights);
  return 32 * n / (n * bits + 32 * static_cast<double>(stored));
}

}  // namespace steq
