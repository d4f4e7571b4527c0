// SPDX-License-Identifier: MIT
// The header of a safetensors file, checked against the bytes that follow it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// A tensor as its header describes it.
struct TensorEntry {
  std::string name;
  bool is_double = false;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, end = 0;  ///< bytes, from the end of the header
};

struct TensorHeader {
  std::vector<TensorEntry> entries;  ///< ascending, covering the data without gap or overlap
  std::map<std::string, std::string> metadata;
};

/// Throws InputError, with `path` and the tensor's name, where the header does not describe `data_size` bytes.
TensorHeader read_tensor_header(const Json& header, std::size_t data_size, const std::string& path);

}  // namespace steq
