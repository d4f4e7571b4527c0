// SPDX-License-Identifier: MIT
#include "sim/codebooks/huffman.hpp"

#include <functional>
#include <queue>

namespace steq {

/// Every merge of two nodes adds a bit to the codes of all symbols below them.
double huffman_bits(const std::vector<std::size_t>& counts) {
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> nodes;
  std::size_t all = 0, bits = 0;
  for (const std::size_t count : counts) {
    if (count > 0) nodes.push(count);
    all += count;
  }
  while (nodes.size() > 1) {
    const std::size_t least = nodes.top();
    nodes.pop();
    const std::size_t merged = least + nodes.top();
    nodes.pop();
    nodes.push(merged);
    bits += merged;
  }
  return all > 0 ? static_cast<double>(bits) / static_cast<double>(all) : 0;
}

}  // namespace steq
