// SPDX-License-Identifier: MIT
// Compression of alternations: a weight that flickers between two levels counts as one slow change with oscillations.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/processes/learning_processes.hpp"

namespace steq {

/// One entry of a compressed process.
struct CompressedEntry {
  Level level;
  Step step;
  std::uint32_t oscillations = 0;  ///< there-and-backs that were folded away after this entry

  bool operator==(const CompressedEntry&) const = default;
};

/// Reads the process from left to right and replaces every A B A B by A B, where A keeps its step and counts
/// one oscillation more, and B is the later B, with its step. First and last level stay; each oscillation removes
/// exactly two entries; A B A stays as it is. `compressed` is overwritten (an argument, so that its memory serves many
/// weights). Linear. Schoenbauer et al., arXiv:2405.05171, compressed change points.
void compress(const LearningProcess& process, std::vector<CompressedEntry>& compressed);

}  // namespace steq
