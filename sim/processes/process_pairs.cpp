// SPDX-License-Identifier: MIT
#include "sim/processes/process_pairs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr std::size_t kPasses = 8;

}  // namespace

void for_each_process_pair(const ChangePointLog& a, const ChangePointLog& b,
                           const std::function<void(const LearningProcess&, const LearningProcess&)>& visit,
                           std::size_t most) {
  const std::vector<std::size_t> offsets_a = process_offsets(a), offsets_b = process_offsets(b);
  if (offsets_a.size() != offsets_b.size())
    throw DomainError(
        fmt::format("change-point logs: {} weights beside {}", offsets_a.size() - 1, offsets_b.size() - 1));
  const auto entries_before = [&](std::size_t weight) { return offsets_a[weight] + offsets_b[weight]; };
  const std::size_t weights = offsets_a.size() - 1;
  const std::size_t at_a_time = std::max(most, entries_before(weights) / kPasses);
  for (std::size_t first = 0, last = 0; first < weights; first = last) {
    while (last < weights && (last == first || entries_before(last + 1) - entries_before(first) <= at_a_time)) ++last;
    const LearningProcesses in_a(a, offsets_a, first, last), in_b(b, offsets_b, first, last);
    for (std::size_t weight = 0; weight < in_a.weights(); ++weight) visit(in_a[weight], in_b[weight]);
  }
}

}  // namespace steq
