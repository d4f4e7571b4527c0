// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

#include <algorithm>
#include <array>

#include "sim/data/byte_reader.hpp"
#include "sim/data/data_files.hpp"

namespace steq {
namespace {

constexpr std::uint32_t kUnsignedBytes = 0x0800;

std::uint32_t read_word(ByteReader& reader, std::size_t header_bytes) {
  std::array<std::uint8_t, 4> b{};
  if (reader.read(b) < b.size())
    throw InputError(reader.path(), fmt::format("truncated: an IDX header takes {} bytes, file has {}", header_bytes,
                                                reader.position()));
  return std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | b[3];
}

std::size_t read_rank(ByteReader& reader, const std::vector<std::size_t>& ranks) {
  const std::uint32_t magic = read_word(reader, 4 + 4 * ranks.front());
  std::string allowed;
  for (const std::size_t rank : ranks) {
    if (magic == (kUnsignedBytes | rank)) return rank;
    allowed += fmt::format("{}0x{:08x}", allowed.empty() ? "" : " or ", kUnsignedBytes | rank);
  }
  throw InputError(reader.path(), fmt::format("magic number 0x{:08x}; allowed: {} ({})", magic, allowed,
                                              ranks.front() == 1 ? "labels" : "images"));
}

std::uint64_t product(const std::string& path, const std::vector<std::size_t>& sizes) {
  std::uint64_t bytes = 1;
  for (const std::size_t size : sizes)
    if (size == 0 || __builtin_mul_overflow(bytes, size, &bytes) || bytes >> 62 != 0)
      throw InputError(path, fmt::format("header says {} bytes; allowed: sizes of at least 1 and a product below 2^62",
                                         fmt::join(sizes, " x ")));
  return bytes;
}

std::string text(const Shape& shape) { return fmt::format("{} x {} x {}", shape.channels, shape.height, shape.width); }

Shape shape_of(const IdxArray& images) {
  const auto& sizes = images.sizes;
  return {sizes.size() == 4 ? sizes[1] : 1, sizes[sizes.size() - 2], sizes.back()};
}

void check_shape(const std::string& path, const Shape& found, const Shape& allowed, const std::string& why) {
  if (found != allowed)
    throw InputError(
        path, fmt::format("images of {} (channels x height x width); allowed: {}{}", text(found), text(allowed), why));
}

void check_labels(const std::string& path, const Dataset& data, std::size_t classes, const std::string& image_path) {
  const std::size_t images = data.pixels.size() / data.image.size();
  if (images != data.size())
    throw InputError(path,
                     fmt::format("{} labels; allowed: {}, one for each image of {}", data.size(), images, image_path));
  const auto wrong = std::find_if(data.labels.begin(), data.labels.end(), [&](auto label) { return label >= classes; });
  if (wrong != data.labels.end())
    throw InputError(path, fmt::format("label {} of image {} (counted from 0); allowed: 0 to {}", *wrong,
                                       wrong - data.labels.begin(), classes - 1));
}

Dataset joined(IdxArray images, IdxArray labels) {
  return {.image = shape_of(images), .pixels = std::move(images.bytes), .labels = std::move(labels.bytes)};
}

void check(const DataSplits& splits, const IdxRules& rules) {
  const auto& files = splits.files;
  std::vector<Problem> problems;
  if (rules.image) collect(problems, [&] { check_shape(files[0], splits.train.image, *rules.image, ""); });
  const std::string why = rules.image ? "" : ", as in " + files[0];
  collect(problems, [&] { check_shape(files[2], splits.test.image, rules.image.value_or(splits.train.image), why); });
  collect(problems, [&] { check_labels(files[1], splits.train, splits.classes, files[0]); });
  collect(problems, [&] { check_labels(files[3], splits.test, splits.classes, files[2]); });
  throw_if_any(problems);
}

}  // namespace

IdxArray read_idx_array(const std::string& path, const std::vector<std::size_t>& ranks) {
  ByteReader reader(path);
  IdxArray array;
  array.sizes.resize(read_rank(reader, ranks));
  const std::size_t header_bytes = 4 + 4 * array.sizes.size();
  for (std::size_t& size : array.sizes) size = read_word(reader, header_bytes);
  const std::uint64_t promised = product(path, array.sizes);
  array.bytes = reader.read_up_to(promised);
  const std::uint64_t extra = reader.skip_rest();
  if (array.bytes.size() < promised || extra > 0)
    throw InputError(path,
                     fmt::format("{}: header promises {} bytes, file has {}", extra > 0 ? "too long" : "truncated",
                                 header_bytes + promised, reader.position()));
  return array;
}

DataSplits read_idx_directory(const std::string& directory, const IdxRules& rules) {
  DataSplits splits;
  splits.files = find_files(
      directory,
      {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"},
      rules.source);
  const std::vector<std::size_t> image_ranks =
      rules.image ? std::vector<std::size_t>{3} : std::vector<std::size_t>{3, 4};
  std::array<IdxArray, 4> arrays;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < arrays.size(); ++i)
    collect(problems, [&] {
      arrays[i] = read_idx_array(splits.files[i], i % 2 == 0 ? image_ranks : std::vector<std::size_t>{1});
    });
  throw_if_any(problems);
  splits.train = joined(std::move(arrays[0]), std::move(arrays[1]));
  splits.test = joined(std::move(arrays[2]), std::move(arrays[3]));
  splits.classes =
      rules.classes.value_or(1u + *std::max_element(splits.train.labels.begin(), splits.train.labels.end()));
  check(splits, rules);
  return splits;
}

DatasetRegistry::Entry idx_dataset(std::string name, std::string summary, std::string citation, IdxRules rules) {
  return {{.name = std::move(name),
           .summary = std::move(summary),
           .formula = "",
           .citation = std::move(citation),
           .parameters = file_parameters()},
          [rules = std::move(rules)](const Parameters& p, std::uint64_t) {
            DataSplits splits = read_idx_directory(p.text("path"), rules);
            apply_limits(splits, p);
            return splits;
          }};
}

}  // namespace steq
