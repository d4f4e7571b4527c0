// SPDX-License-Identifier: MIT
#include "records/safetensors.hpp"

#include <bit>
#include <cstring>
#include <functional>
#include <numeric>
#include <set>
#include <span>

#include "records/files.hpp"
#include "records/json_values.hpp"
#include "records/safetensors_types.hpp"

namespace steq {
namespace {

static_assert(std::endian::native == std::endian::little, "the numbers are written as they lie in memory");

template <class T>
std::string_view bytes_of(const std::vector<T>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T)};
}

std::string_view bytes_of(const RawNumbers& numbers) { return numbers.bytes; }

std::string_view bytes_of(const StoredTensor& tensor) {
  return std::visit([](const auto& data) { return bytes_of(data); }, tensor.data);
}

/// `begin`: where its bytes stand in the data.
std::string entry_of(const StoredTensor& tensor, std::size_t begin) {
  const std::size_t bytes = bytes_of(tensor).size();
  if (const auto bits = dtype_bits(tensor.dtype()); bits && 8 * bytes != tensor.size() * *bits)
    throw DomainError("the data of tensor " + tensor.name + " do not fit its shape");
  const Json entry{{"dtype", tensor.dtype()}, {"shape", tensor.shape}, {"data_offsets", {begin, begin + bytes}}};
  return Json(tensor.name).dump() + ":" + entry.dump();
}

/// Text by text: a Json object would look through its keys for each new one.
std::string header_of(const TensorFile& file) {
  std::string entries;
  if (!file.metadata.empty()) entries = "\"__metadata__\":" + Json(file.metadata).dump();
  std::set<std::string> names{""};
  std::size_t begin = 0;
  for (const StoredTensor& tensor : file.tensors) {
    if (!names.insert(tensor.name).second)
      throw DomainError("a tensor needs a name of its own, got \"" + tensor.name + "\"");
    entries += (entries.empty() ? "" : ",") + entry_of(tensor, begin);
    begin += bytes_of(tensor).size();
  }
  return "{" + entries + "}";
}

}  // namespace

std::size_t StoredTensor::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::string StoredTensor::dtype() const {
  if (const auto* raw = std::get_if<RawNumbers>(&data)) return raw->dtype;
  return std::holds_alternative<std::vector<double>>(data) ? "F64" : "F32";
}

void write_safetensors(const std::string& path, const TensorFile& file) {
  std::string header = header_of(file);
  header.resize((header.size() + 7) / 8 * 8, ' ');  // readers want the data aligned
  const std::uint64_t length = header.size();
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes += header;
  for (const StoredTensor& tensor : file.tensors) bytes += bytes_of(tensor);
  write_file_atomically(path, bytes);
}

}  // namespace steq
