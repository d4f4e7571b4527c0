// SPDX-License-Identifier: MIT
// `steq quantize`: finished weights, as of a user's checkpoint, on a grid.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/terminal/progress.hpp"
#include "records/json_values.hpp"

namespace steq {

struct QuantizeOptions {
  std::string file;                    ///< safetensors to read
  std::string quantizer;               ///< SPEC of a quantizer or coding
  std::vector<std::string> tensors{};  ///< nothing: all of at least 2 dimensions whose name ends in .weight
  std::string curvature{};             ///< safetensors with tensors of the same names; empty: all weights count alike
  std::string out{};                   ///< safetensors to write; empty: none
  std::string figure{};                ///< SVG to write; empty: none
  bool force = false;                  ///< replace them where they exist
  std::uint64_t seed = 1;              ///< of codings that draw
  int threads = 1;
};

struct QuantizedFile {
  Json tensors;                    ///< [{"name", "weights", "levels", ...}], see code_tensor()
  std::vector<std::string> notes;  ///< for the user
};

/// Every chosen tensor is quantized by itself, F16 and BF16 as F32; everything else stays as it is, in any type. Throws
/// InputError, having written nothing, where file, names, values or quantizer do not allow that.
QuantizedFile quantize_file(const QuantizeOptions& options, const ProgressScreen& screen);

/// A table for the terminal.
std::string quantized_text(const QuantizedFile& quantized);

}  // namespace steq
