// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

#include "sim/processes/learning_processes.hpp"

namespace steq {

/// Entries that are gathered at a time, unless that would take more than some passes over the logs.
constexpr std::size_t kGatheredEntries = std::size_t{1} << 22;

/// Calls visit(a, b) with both processes of every weight, ascending, of two logs of one tensor. Gathers as many weights
/// at a time as have `most` entries, or an eighth of all where that is more, at least one: memory is 6 bytes for each
/// of these, 16 for each weight and 24 for each that is gathered, time is linear in weights + change points. Throws
/// DomainError as process_offsets does, and where the numbers of weights differ.
void for_each_process_pair(const ChangePointLog& a, const ChangePointLog& b,
                           const std::function<void(const LearningProcess&, const LearningProcess&)>& visit,
                           std::size_t most = kGatheredEntries);

}  // namespace steq
