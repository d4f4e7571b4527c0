// SPDX-License-Identifier: MIT
#include "records/safetensors.hpp"

#include <bit>
#include <cstring>
#include <functional>
#include <numeric>
#include <span>

#include "records/files.hpp"
#include "records/json_values.hpp"

namespace steq {
namespace {

static_assert(std::endian::native == std::endian::little, "the numbers are written as they lie in memory");

std::string_view bytes_of(const StoredTensor& tensor) {
  return std::visit(
      [](const auto& data) {
        const auto bytes = std::as_bytes(std::span(data));
        return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      },
      tensor.data);
}

Json header_of(const TensorFile& file) {
  Json header = Json::object();
  if (!file.metadata.empty()) header["__metadata__"] = file.metadata;
  std::size_t end = 0;
  for (const StoredTensor& tensor : file.tensors) {
    const std::size_t begin = std::exchange(end, end + bytes_of(tensor).size());
    const bool is_double = std::holds_alternative<std::vector<double>>(tensor.data);
    if (tensor.name.empty() || header.contains(tensor.name))
      throw DomainError("a tensor needs a name of its own, got \"" + tensor.name + "\"");
    if (bytes_of(tensor).size() != tensor.size() * (is_double ? sizeof(double) : sizeof(float)))
      throw DomainError("the data of tensor " + tensor.name + " do not fit its shape");
    header[tensor.name] = {
        {"dtype", is_double ? "F64" : "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
  }
  return header;
}

}  // namespace

std::size_t StoredTensor::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

void write_safetensors(const std::string& path, const TensorFile& file) {
  std::string header = header_of(file).dump();
  header.resize((header.size() + 7) / 8 * 8, ' ');  // readers want the data aligned
  const std::uint64_t length = header.size();
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes += header;
  for (const StoredTensor& tensor : file.tensors) bytes += bytes_of(tensor);
  write_file_atomically(path, bytes);
}

}  // namespace steq
