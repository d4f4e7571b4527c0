// SPDX-License-Identifier: MIT
#include "records/tensor_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "records/safetensors_data.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr std::size_t kStart = 512;  ///< bytes by which a file's format is told

}  // namespace

TensorReader::TensorReader(const std::string& path) : path_(path), file_(path, std::ios::binary) {
  if (!file_) throw IoError(path, std::string("cannot open: ") + std::strerror(errno));
  const std::size_t size = std::filesystem::file_size(path);
  const std::size_t length = header_length(bytes(0, std::min(size, kStart)), size, path);
  data_ = kHeaderStart + length;
  header_ = read_tensor_header(bytes(kHeaderStart, length), size - data_, path);
}

StoredTensor TensorReader::read(const TensorEntry& entry) {
  return to_tensor(entry, bytes(data_ + entry.begin, entry.end - entry.begin));
}

std::string TensorReader::bytes(std::size_t first, std::size_t count) {
  std::string bytes(count, '\0');
  file_.seekg(static_cast<std::streamoff>(first));
  file_.read(bytes.data(), static_cast<std::streamsize>(count));
  if (!file_) throw IoError(path_, "cannot read");
  return bytes;
}

}  // namespace steq
