// SPDX-License-Identifier: MIT
// The binary version: records of one label byte and 3072 pixels (3 x 32 x 32).
#include <algorithm>
#include <array>

#include "sim/data/byte_reader.hpp"
#include "sim/data/data_files.hpp"
#include "sim/data/dataset.hpp"

namespace steq::datasets {
namespace {

constexpr Shape kImage{3, 32, 32};
constexpr std::size_t kRecord = 1 + 3 * 32 * 32;
constexpr std::size_t kClasses = 10;
const char* const kSource = "they come from the CIFAR-10 page, cs.toronto.edu/~kriz/cifar.html, binary version";

void append_record(const std::string& path, std::span<const std::uint8_t> record, std::size_t index, Dataset& data) {
  if (record[0] >= kClasses)
    throw InputError(
        path, fmt::format("label {} of image {} (counted from 0); allowed: 0 to {}", record[0], index, kClasses - 1));
  data.labels.push_back(record[0]);
  data.pixels.insert(data.pixels.end(), record.begin() + 1, record.end());
}

void append_file(const std::string& path, Dataset& data) {
  ByteReader reader(path);
  std::array<std::uint8_t, kRecord> record;
  std::size_t images = 0, got = 0;
  for (; (got = reader.read(record)) == kRecord; ++images) append_record(path, record, images, data);
  if (got > 0 || images == 0)
    throw InputError(path,
                     fmt::format("{} bytes; allowed: a positive multiple of {}, 1 label and {} pixels for each image",
                                 reader.position(), kRecord, kRecord - 1));
}

std::vector<std::string> train_files(const std::string& directory) {
  std::vector<std::string> paths;
  for (int batch = 1; batch <= 5; ++batch)
    if (auto path = find_file(directory, fmt::format("data_batch_{}.bin", batch))) paths.push_back(*path);
  return paths;
}

std::vector<std::string> all_files(const std::string& directory) {
  std::vector<std::string> paths = train_files(directory), missing;
  const auto test = find_file(directory, "test_batch.bin");
  if (paths.empty()) missing.push_back("data_batch_1.bin to data_batch_5.bin (at least one of them)");
  if (!test) missing.push_back("test_batch.bin");
  if (!missing.empty()) throw missing_files(directory, join(missing), kSource);
  paths.push_back(*test);
  return paths;
}

DataSplits read(const std::string& directory) {
  DataSplits splits{.train = {.image = kImage, .pixels = {}, .labels = {}},
                    .test = {.image = kImage, .pixels = {}, .labels = {}},
                    .classes = kClasses,
                    .files = all_files(directory)};
  std::vector<Problem> problems;
  for (const std::string& path : splits.files)
    collect(problems, [&] { append_file(path, path == splits.files.back() ? splits.test : splits.train); });
  throw_if_any(problems);
  return splits;
}

}  // namespace

DatasetRegistry::Entry cifar10() {
  return {
      {.name = "cifar10",
       .summary = "Photographs: 50000 train and 10000 test images of 3 x 32 x 32, 10 classes; the train batches that "
                  "are there are used.",
       .formula = "",
       .citation = "Krizhevsky, Learning multiple layers of features from tiny images (2009)",
       .parameters = file_parameters()},
      [](const Parameters& p, std::uint64_t) {
        DataSplits splits = read(p.text("path"));
        apply_limits(splits, p);
        return splits;
      }};
}

}  // namespace steq::datasets
