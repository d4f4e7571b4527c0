// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace steq {

struct SampleLoss {
  double loss = 0;       ///< cross-entropy, nats
  bool correct = false;  ///< arg-max of the logits (lowest index of equals) is the label
};

/// Softmax cross-entropy of one sample. Where `gradient` is not empty it receives the loss's gradient times `weight`
/// (1 / batch size for the mean loss). logits and gradient: [classes].
template <class T>
SampleLoss cross_entropy(std::span<const T> logits, std::uint8_t label, std::span<T> gradient, double weight);

}  // namespace steq
