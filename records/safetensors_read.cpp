// SPDX-License-Identifier: MIT
#include <filesystem>

#include "records/files.hpp"
#include "records/safetensors.hpp"
#include "records/safetensors_data.hpp"
#include "sim/core/errors.hpp"

namespace steq {

TensorFile read_safetensors(const std::string& path) {
  if (std::error_code error; std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found)
    throw InputError(path, "no such file; allowed: a safetensors file");
  const std::string bytes = read_file(path);
  const std::size_t length = header_length(bytes, bytes.size(), path), first = kHeaderStart + length;
  const std::string_view data = std::string_view(bytes).substr(first);
  const TensorHeader header =
      read_tensor_header(std::string_view(bytes).substr(kHeaderStart, length), data.size(), path);
  TensorFile file{.tensors = {}, .metadata = header.metadata};
  for (const TensorEntry& entry : header.entries)
    file.tensors.push_back(to_tensor(entry, data.substr(entry.begin, entry.end - entry.begin)));
  return file;
}

}  // namespace steq
