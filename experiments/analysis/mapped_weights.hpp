// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/analysis/analysed_run.hpp"

namespace steq {

/// weights/LEARNER-mapped.safetensors: the quantized tensors of the learner's final weights in the coordinates of the
/// first learner to which a comparison maps them, whose name is in the file's metadata as "mapped_to". None where
/// no weights were stored, or no M is known. Throws IoError where one cannot be written.
void write_mapped_weights(const AnalysedRun& run);

}  // namespace steq
