// SPDX-License-Identifier: MIT
#include "sim/processes/compression.hpp"

namespace steq {
namespace {

bool ends_in_alternation(const std::vector<CompressedEntry>& stack) {
  if (stack.size() < 4) return false;
  const CompressedEntry* last = &stack.back();
  return last[0].level == last[-2].level && last[-1].level == last[-3].level;
}

void fold_alternation(std::vector<CompressedEntry>& stack) {
  const CompressedEntry last = stack.back();
  stack.resize(stack.size() - 3, last);
  ++stack.back().oscillations;
  stack.push_back(last);
}

}  // namespace

void compress(const LearningProcess& process, std::vector<CompressedEntry>& compressed) {
  compressed.clear();
  for (std::size_t i = 0; i < process.size(); ++i) {
    compressed.push_back({process.levels[i], process.steps[i]});
    while (ends_in_alternation(compressed)) fold_alternation(compressed);
  }
}

}  // namespace steq
