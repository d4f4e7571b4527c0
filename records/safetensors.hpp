// SPDX-License-Identifier: MIT
// Weights on disk in the safetensors layout: 8 bytes little-endian header length, JSON header, raw tensors.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace steq {

/// Numbers as they lie in the file, of any type but F32 and F64.
struct RawNumbers {
  std::string dtype;  ///< as the header says: "BF16", "I64" ...
  std::string bytes;

  bool operator==(const RawNumbers&) const = default;
};

/// Row-major; a scalar has no dimensions.
struct StoredTensor {
  std::string name;
  std::vector<std::size_t> shape;
  std::variant<std::vector<float>, std::vector<double>, RawNumbers> data;

  std::size_t size() const;  ///< the product of `shape`
  std::string dtype() const;
  bool operator==(const StoredTensor&) const = default;
};

struct TensorFile {
  std::vector<StoredTensor> tensors;            ///< in the order of the data
  std::map<std::string, std::string> metadata;  ///< "__metadata__"
};

/// Makes F16 and BF16 F32, which holds all of their values. Throws InputError naming `place` where the tensor holds
/// other numbers than F64, F32, F16 and BF16.
void make_numbers(StoredTensor& tensor, const std::string& place);

/// w -> change(w) for every number, rounded to the tensor's type, F32 or F64; raw numbers stay as they are.
void change_numbers(StoredTensor& tensor, const std::function<double(double)>& change);

/// The values [size()] in double. Throws as make_numbers does.
std::vector<double> values_of(StoredTensor tensor, const std::string& place);

/// Throws InputError naming file and tensor where there is no file or its bytes are not what their header says, IoError
/// where it cannot be read. No size in the header is believed before it is checked against the file's.
TensorFile read_safetensors(const std::string& path);

/// Writes the whole file or nothing. Throws IoError, and DomainError where a tensor has no name of its own or its data
/// do not fit its shape.
void write_safetensors(const std::string& path, const TensorFile& file);

}  // namespace steq
