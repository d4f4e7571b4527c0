// SPDX-License-Identifier: MIT
// What is left of a pair's bounds when training is over.
#pragma once

#include <string>
#include <vector>

#include "theory/bounds/tensor_bounds.hpp"

namespace steq {

/// One inequality over all tensors and steps.
struct InequalityResult {
  std::string name;
  Tally tally;         ///< largest_excess in units of the tensor's delta
  std::string tensor;  ///< where that was; empty where nothing was checked
};

/// One tensor after one step.
struct BoundRecord {
  Step step;
  BoundState state;
  std::vector<double> tightness;  ///< [inequalities]: over the steps since the record before; see Tally

  void archive(Archive& a) { a(step, state, tightness); }
};

struct TensorRecords {
  std::string tensor;
  std::vector<BoundRecord> records;  ///< the first before any update, the last after all
  double largest_rounding = 0;       ///< see TensorBounds
};

struct BoundsResult {
  std::vector<InequalityResult> inequalities;
  std::vector<TensorRecords> tensors;

  /// Over all inequalities.
  std::uint64_t checked() const;
  std::uint64_t violations() const;
};

}  // namespace steq
