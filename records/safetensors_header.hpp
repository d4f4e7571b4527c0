// SPDX-License-Identifier: MIT
// The header of a safetensors file, checked against the bytes that follow it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace steq {

/// A tensor as its header describes it.
struct TensorEntry {
  std::string name;
  std::string dtype;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, end = 0;  ///< bytes, from the end of the header
};

/// Bytes before the header: its length.
inline constexpr std::size_t kHeaderStart = 8;

struct TensorHeader {
  std::vector<TensorEntry> entries;  ///< ascending, covering the data without gap or overlap
  std::map<std::string, std::string> metadata;
};

/// How many bytes the header of `path` has, by the first bytes of a file of `file_size` bytes; `start` holds some
/// hundred of them, where there are so many. Throws InputError where there are fewer than 8 or they name more bytes
/// than follow; it says what else the file is where that is known.
std::size_t header_length(std::string_view start, std::size_t file_size, const std::string& path);

/// Throws InputError, with `path` and the tensor's name, where the header does not describe `data_size` bytes.
TensorHeader read_tensor_header(std::string_view header, std::size_t data_size, const std::string& path);

}  // namespace steq
