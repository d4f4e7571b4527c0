// SPDX-License-Identifier: MIT
// Datasets written for a test, good and bad, in a directory that goes away with the test.
#pragma once

#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/core/errors.hpp"
#include "sim/data/dataset.hpp"

namespace steq::test {

using Bytes = std::vector<std::uint8_t>;

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "steq-data-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw IoError(pattern, "cannot be made");
    path_ = pattern;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

  /// Writes the bytes as they are, or compressed where the name ends in .gz; returns the whole path.
  std::string write(const std::string& name, const Bytes& bytes) const {
    const std::string file = path_ + "/" + name;
    const gzFile out = gzopen(file.c_str(), name.ends_with(".gz") ? "wb" : "wbT");
    gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(out);
    return file;
  }

 private:
  std::string path_;
};

inline Bytes contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An IDX file with `sizes` in its header and `data` behind it.
inline Bytes idx_bytes(const std::vector<std::uint32_t>& sizes, const Bytes& data) {
  Bytes bytes{0, 0, 8, static_cast<std::uint8_t>(sizes.size())};
  for (const std::uint32_t size : sizes)
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(size >> shift));
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

/// n bytes that differ: start, start + 1, ... modulo 251
inline Bytes counting(std::size_t n, std::size_t start = 0) {
  Bytes bytes(n);
  for (std::size_t i = 0; i < n; ++i) bytes[i] = static_cast<std::uint8_t>((start + i) % 251);
  return bytes;
}

inline DataSplits load(const std::string& dataset, const Values& values, std::uint64_t seed = 1) {
  return dataset_registry().make(Spec{dataset, values}, "data", seed);
}

/// The problems of the InputError that `work` throws; none where it throws nothing.
template <class Work>
std::vector<Problem> problems_of(const Work& work) {
  try {
    work();
  } catch (const InputError& error) {
    return error.problems();
  }
  return {};
}

/// The directory of real data beside the source tree, or an empty text where there is none.
inline std::string shared_data(const std::string& name) {
  const auto path = std::filesystem::path(STEQ_SOURCE_DIR) / ".." / "shared" / "data" / name;
  return std::filesystem::is_directory(path) ? path.string() : "";
}

}  // namespace steq::test
