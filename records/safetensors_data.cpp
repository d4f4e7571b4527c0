// SPDX-License-Identifier: MIT
#include "records/safetensors_data.hpp"

#include <bit>
#include <cstring>

namespace steq {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's numbers are read as they lie in memory");

template <class T>
std::vector<T> copied(std::string_view bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace

StoredTensor to_tensor(const TensorEntry& entry, std::string_view bytes) {
  StoredTensor tensor{entry.name, entry.shape, RawNumbers{entry.dtype, ""}};
  if (entry.dtype == "F32")
    tensor.data = copied<float>(bytes);
  else if (entry.dtype == "F64")
    tensor.data = copied<double>(bytes);
  else
    std::get<RawNumbers>(tensor.data).bytes = bytes;
  return tensor;
}

}  // namespace steq
