// SPDX-License-Identifier: MIT
// Weights on disk in the safetensors layout: 8 bytes little-endian header length, JSON header, raw tensors.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace steq {

/// F32 or F64, row-major; data.size() is the product of `shape`, 1 for a scalar.
struct StoredTensor {
  std::string name;
  std::vector<std::size_t> shape;
  std::variant<std::vector<float>, std::vector<double>> data;

  std::size_t size() const;
  bool operator==(const StoredTensor&) const = default;
};

struct TensorFile {
  std::vector<StoredTensor> tensors;            ///< in the order of the data
  std::map<std::string, std::string> metadata;  ///< "__metadata__"
};

/// Throws InputError naming file and tensor where there is no file or its bytes are not what their header says, IoError
/// where it cannot be read. No size in the header is believed before it is checked against the file's.
TensorFile read_safetensors(const std::string& path);

/// Writes the whole file or nothing. Throws IoError, and DomainError where a tensor has no name of its own or its data
/// do not fit its shape.
void write_safetensors(const std::string& path, const TensorFile& file);

}  // namespace steq
