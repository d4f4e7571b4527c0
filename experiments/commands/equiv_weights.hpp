// SPDX-License-Identifier: MIT
// `steq equiv --weights`: a weights file taken into the STE's coordinates, or back.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

struct WeightsOptions {
  std::string file;                    ///< safetensors to read
  std::string out;                     ///< safetensors to write
  std::vector<std::string> tensors{};  ///< nothing: all of at least 2 dimensions whose name ends in .weight
  bool inverse = false;                ///< from the STE's coordinates into the estimator's
  bool force = false;                  ///< replace `out` where it exists
};

struct MappedWeights {
  Json tensors;                    ///< [{"name", "range", "alpha", "dtype"}]
  std::vector<std::string> notes;  ///< for the user
};

/// Writes `out`: M of every chosen tensor on the quantizer's grid for its fan-in (its shape without the first
/// dimension), rounded to the tensor's precision, F16 and BF16 made F32; everything else as it is, in any type. Throws
/// InputError, having written nothing, where file, names, values, layout or estimator do not allow that.
MappedWeights map_weights(const Spec& estimator, const Spec& quantizer, const WeightsOptions& options);

}  // namespace steq
