// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <filesystem>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/safetensors.hpp"
#include "records/safetensors_header.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's numbers are read as they lie in memory");

struct Parts {
  Json header;
  std::string_view data;
};

Parts split(std::string_view bytes, const std::string& path) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length)
    throw InputError(path, fmt::format("{} bytes; a safetensors file has at least 8", bytes.size()));
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length > bytes.size())
    throw InputError(path, fmt::format("the header is said to have {} bytes; allowed: at most the {} that follow",
                                       length, bytes.size()));
  Json header = parse_json(bytes.substr(0, length), path + ": header");
  if (!header.is_object()) throw InputError(path, "the header is " + shown(header) + "; allowed: an object");
  return {std::move(header), bytes.substr(length)};
}

template <class T>
std::vector<T> copied(std::string_view bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace

TensorFile read_safetensors(const std::string& path) {
  if (std::error_code error; std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found)
    throw InputError(path, "no such file; allowed: a safetensors file");
  const std::string bytes = read_file(path);
  const Parts parts = split(bytes, path);
  const TensorHeader header = read_tensor_header(parts.header, parts.data.size(), path);
  TensorFile file{.tensors = {}, .metadata = header.metadata};
  for (const TensorEntry& entry : header.entries) {
    const std::string_view data = parts.data.substr(entry.begin, entry.end - entry.begin);
    if (entry.is_double)
      file.tensors.push_back({entry.name, entry.shape, copied<double>(data)});
    else
      file.tensors.push_back({entry.name, entry.shape, copied<float>(data)});
  }
  return file;
}

}  // namespace steq
