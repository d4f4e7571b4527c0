// SPDX-License-Identifier: MIT
// Which learners of a run are compared with each other, and as what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/stored_run.hpp"
#include "sim/metrics/pair_kind.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

struct Pair {
  std::string a, b;
  std::string kind = "other";  ///< a text of PairKind
  bool mapped = false;         ///< a's weights must go through M before they are b's

  /// "a / b", the name of its columns in tables.
  std::string name() const { return a + " / " + b; }
  /// Made to show how large a difference means nothing.
  bool is_control() const { return steq::is_control(pair_kind(kind).value_or(PairKind::other)); }
};

/// As StoredRun::comparisons() lists them.
std::vector<Pair> pairs(const StoredRun& run);

/// The pair that a run is about: the first that theory calls equivalent, else the first that is no control, else the
/// first.
std::optional<Pair> main_pair(const std::vector<Pair>& pairs);
std::optional<Pair> main_pair(const StoredRun& run);

/// The same learner has the same line type in every figure, 1 for the first.
int line_type(const StoredRun& run, const std::string& learner);
/// That of b, so that a comparison looks like what is compared with the first learner; where several pairs have the
/// same b, one for each pair.
int line_type(const StoredRun& run, const Pair& pair);

/// Weights of all tensors together.
std::size_t weight_count(const LearnerTrace& learner);

}  // namespace steq
