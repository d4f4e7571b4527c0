// SPDX-License-Identifier: MIT
// The bounds of a run as JSON and as a table.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "theory/bounds/bounds_result.hpp"

namespace steq {

struct PairBoundsResult {
  std::string pair;  ///< "a / b"
  BoundsResult bounds;
};

/// {"checked", "violations", "inequalities": {NAME: {"checked", "violations", "not_applicable", "largest_excess" in
/// bins, "where": {"step", "tensor", "weight"}, "tightness"}}, "tensors": {TENSOR: {"error_per_bin", "bound_per_bin",
/// "gradient_share", "largest_rounding" in bins}}}; null where nothing was checked. A bin is the grid's delta wide.
Json bounds_json(const BoundsResult& result);

/// CSV: pair, step, tensor, error_per_bin, bound_per_bin, gradient_share, and the tightness of each inequality since
/// the row before; rows in order of pair, tensor and step; empty where undefined.
std::string bounds_table(const std::vector<PairBoundsResult>& pairs);

}  // namespace steq
