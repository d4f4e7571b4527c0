// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <string>

#include "records/safetensors.hpp"
#include "records/safetensors_header.hpp"

namespace steq {

/// A safetensors file whose tensors are read one by one, when they are asked for.
class TensorReader {
 public:
  /// Reads the header. Throws as read_safetensors does.
  explicit TensorReader(const std::string& path);

  const std::string& path() const { return path_; }
  const std::vector<TensorEntry>& entries() const { return header_.entries; }
  /// Throws IoError where the file cannot be read.
  StoredTensor read(const TensorEntry& entry);

 private:
  std::string bytes(std::size_t first, std::size_t count);

  std::string path_;
  std::ifstream file_;
  std::size_t data_ = 0;  ///< where the data begin
  TensorHeader header_;
};

}  // namespace steq
