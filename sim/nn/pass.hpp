// SPDX-License-Identifier: MIT
// What a layer is given when samples pass it, and what it is told beforehand.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace steq {

/// Training normalizes by the batch, evaluation by the running statistics.
enum class Mode { train, evaluate };

/// The passage of one micro-batch, or of a strip of it, through one layer. Null where a pointer does not apply.
template <class T>
struct Pass {
  std::size_t n = 0;            ///< samples
  std::size_t first = 0;        ///< the first of them in the batch
  std::size_t micro_batch = 0;  ///< its index in the batch
  std::size_t slot = 0;         ///< where the layer may keep what its backward pass needs of the micro-batch
  bool begins = true;           ///< its micro-batch: the only strip, or the first
  Mode mode = Mode::train;
  const T* x = nullptr;   ///< input [n, in]
  const T* x2 = nullptr;  ///< second input, of `add` only
  T* y = nullptr;         ///< output [n, out]
  T* dy = nullptr;        ///< loss gradient of the output
  T* dx = nullptr;        ///< written: loss gradient of the input; null where nobody needs it
  T* dx2 = nullptr;       ///< likewise of the second input
  std::span<T* const> gradients =
      {};                   ///< of the layer's tensors, for this lane; not to be used by a layer with `batch_pieces`
  bool accumulate = false;  ///< add to `gradients` (not the first of the lane) instead of overwriting them
};

/// How batches will pass a layer: what it may allocate for.
struct PassSizes {
  std::size_t slots = 1;                ///< micro-batches in flight at once
  std::size_t micro_batches = 1;        ///< of a training batch
  std::size_t samples = 1;              ///< of a training batch
  std::vector<std::size_t> training;    ///< distinct n in training
  std::vector<std::size_t> evaluation;  ///< distinct n in evaluation

  /// visit(n, whether in training) for every size of either.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const std::size_t n : training) visit(n, true);
    for (const std::size_t n : evaluation) visit(n, false);
  }
};

}  // namespace steq
