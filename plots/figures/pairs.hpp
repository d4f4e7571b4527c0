// SPDX-License-Identifier: MIT
// Which learners of a run are compared with each other, as what, and which pair the run is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/stored_run.hpp"
#include "sim/metrics/pair_kind.hpp"

namespace steq {

struct Pair {
  std::string a, b;
  std::string kind = "other";  ///< a text of PairKind
  bool mapped = false;         ///< a's weights must go through M before they are b's
  bool on_levels = true;       ///< false where levels of the two cannot be compared, weight by weight

  /// "a / b", the name of its columns in tables.
  std::string name() const { return a + " / " + b; }
  /// Made to show how large a difference means nothing.
  bool is_control() const { return steq::is_control(pair_kind(kind).value_or(PairKind::other)); }
};

/// In the order of `comparisons`, as a summary.json has them.
std::vector<Pair> pairs_of(const Json& comparisons);

/// As StoredRun::comparisons() lists them.
std::vector<Pair> pairs(const StoredRun& run);

/// The place of the pair that a run is about, on which its page gives the verdict and which its figures draw: of the
/// pairs whose levels can be compared, or of all where there is none, the first that theory calls equivalent, else the
/// first that is no control, else the first; nothing without pairs.
std::optional<std::size_t> main_pair_place(const std::vector<Pair>& pairs);
std::optional<Pair> main_pair(const std::vector<Pair>& pairs);
/// Of a run whose levels can be compared in some pair, which figures of weights need.
std::optional<Pair> main_pair(const StoredRun& run);

}  // namespace steq
