// SPDX-License-Identifier: MIT
// What a layer `quantize` and the learners must know of each other.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "sim/nn/activation_histogram.hpp"
#include "sim/nn/surrogate.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

struct ActivationInfo {
  std::string name;      ///< of the layer
  std::size_t size = 0;  ///< values a sample
};

/// What one learner does at such a layer in one pass. As it begins it does nothing: values and errors pass.
struct ActivationRule {
  const Quantizer* quantizer = nullptr;
  const Surrogate* surrogate = nullptr;
  const Quantizer* errors = nullptr;  ///< of what comes back
  BlockPlace place = {};              ///< of values; `first` is that of the first sample
  BlockPlace error_place = {};
  double batch = 1;                ///< samples of the batch, over which the loss is a mean
  std::span<double> sums = {};     ///< [batch, learned grid parameters]: their gradients, written in training
  std::span<double> largest = {};  ///< [batch]: where not empty, values pass and their largest magnitudes are written
  ActivationHistogram* histogram = nullptr;  ///< where not null, values are counted before they are quantized
};

}  // namespace steq
