// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "sim/data/byte_reader.hpp"
#include "sim/data/foreign_file.hpp"
#include "sim/data/idx_files.hpp"

namespace steq {
namespace {

constexpr std::size_t kFieldsOfQmnist = 8;

/// The number types of the format.
struct IdxType {
  std::uint8_t code;
  std::size_t bytes;
  bool has_sign;
};
constexpr IdxType kUnsignedByte{0x08, 1, false};
constexpr IdxType kIntegers[] = {kUnsignedByte, {0x09, 1, true}, {0x0b, 2, true}, {0x0c, 4, true}};

/// The beginning of a file; what is allowed is a list of such beginnings.
struct IdxHeader {
  IdxType type = kUnsignedByte;
  std::vector<std::size_t> sizes = {};
  std::size_t bytes() const { return 4 + 4 * sizes.size(); }
};

std::uint32_t word(std::span<const std::uint8_t> b) {
  return std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | b[3];
}

std::uint32_t magic(const IdxType& type, std::size_t rank) {
  return std::uint32_t{type.code} << 8 | static_cast<std::uint32_t>(rank);
}

/// What the header may say, and how messages call it.
struct Allowed {
  std::span<const IdxType> types;
  std::vector<std::size_t> ranks;
  std::string named;  ///< the usual ones, "0x00000801 (labels)"
};

std::optional<IdxHeader> header_of(std::uint32_t found, const Allowed& allowed) {
  for (const IdxType& type : allowed.types)
    for (const std::size_t rank : allowed.ranks)
      if (found == magic(type, rank)) return IdxHeader{type, std::vector<std::size_t>(rank)};
  return std::nullopt;
}

[[noreturn]] void refuse_magic(ByteReader& reader, std::vector<std::uint8_t> beginning, const Allowed& allowed) {
  const std::vector<std::uint8_t> more = reader.read_up_to(kRecognizable - beginning.size());
  const std::uint32_t found = word(beginning);
  beginning.insert(beginning.end(), more.begin(), more.end());
  const std::string other = recognized(beginning);
  throw InputError(reader.path(),
                   fmt::format("{}; allowed: an IDX file with the magic number {}",
                               other.empty() ? fmt::format("magic number 0x{:08x}", found) : other, allowed.named));
}

IdxHeader read_header(ByteReader& reader, const Allowed& allowed) {
  std::vector<std::uint8_t> bytes = reader.read_up_to(4);
  const auto require = [&](std::size_t all) {
    if (bytes.size() < 4)
      throw InputError(reader.path(),
                       fmt::format("truncated: an IDX header takes {} bytes, file has {}", all, reader.position()));
  };
  require(4 + 4 * allowed.ranks.front());
  auto header = header_of(word(bytes), allowed);
  if (!header) refuse_magic(reader, bytes, allowed);
  for (std::size_t& size : header->sizes) {
    bytes = reader.read_up_to(4);
    require(header->bytes());
    size = word(bytes);
  }
  return *header;
}

std::uint64_t promised_bytes(const std::string& path, const IdxHeader& header) {
  std::uint64_t bytes = header.type.bytes;
  for (const std::size_t size : header.sizes)
    if (size == 0 || __builtin_mul_overflow(bytes, size, &bytes) || bytes >> 62 != 0)
      throw InputError(path, fmt::format("header says {} bytes; allowed: sizes of at least 1 and a product below 2^62",
                                         fmt::join(header.sizes, " x ")));
  return bytes;
}

/// What stands behind the header.
std::vector<std::uint8_t> read_content(ByteReader& reader, const IdxHeader& header) {
  const std::uint64_t promised = promised_bytes(reader.path(), header);
  std::vector<std::uint8_t> bytes = reader.read_up_to(promised);
  const std::uint64_t extra = reader.skip_rest();
  if (bytes.size() < promised || extra > 0)
    throw InputError(reader.path(),
                     fmt::format("{}: header promises {} bytes, file has {}", extra > 0 ? "too long" : "truncated",
                                 header.bytes() + promised, reader.position()));
  return bytes;
}

/// The big-endian number of that type.
std::int64_t number_at(const std::uint8_t* bytes, const IdxType& type) {
  std::int64_t number = type.has_sign && bytes[0] >= 0x80 ? -1 : 0;
  for (std::size_t i = 0; i < type.bytes; ++i) number = number * 256 + bytes[i];
  return number;
}

std::string text(const SampleShape& shape) {
  return fmt::format("{} x {} x {}", shape.channels, shape.height, shape.width);
}

/// Few channels at the end, and too many of them where they should stand.
bool looks_channels_last(const std::vector<std::size_t>& sizes) {
  const bool few = sizes.back() == 1 || sizes.back() == 3 || sizes.back() == 4;
  return sizes.size() == 4 && few && sizes[1] > 4 && sizes[2] > 4;
}

/// n, height, width, channels as n, channels, height, width.
void move_channels(IdxArray& images) {
  const std::size_t n = images.sizes[0], pixels = images.sizes[1] * images.sizes[2], channels = images.sizes[3];
  std::vector<std::uint8_t> moved(images.bytes.size());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t p = 0; p < pixels; ++p)
      for (std::size_t c = 0; c < channels; ++c)
        moved[(i * channels + c) * pixels + p] = images.bytes[(i * pixels + p) * channels + c];
  images = {{n, channels, images.sizes[1], images.sizes[2]}, std::move(moved)};
}

IdxArray read_images(const std::string& path, const IdxRules& rules, Layout layout) {
  IdxArray images = read_idx_images(path, rules.image ? std::vector<std::size_t>{3} : std::vector<std::size_t>{3, 4});
  if (layout == Layout::automatic && looks_channels_last(images.sizes))
    throw InputError(path,
                     fmt::format("images of {} look like height x width x channels; allowed: channels x height x "
                                 "width, or data.layout=channels-last (channels-first: they are {} channels)",
                                 fmt::join(images.sizes.begin() + 1, images.sizes.end(), " x "), images.sizes[1]));
  if (layout == Layout::channels_last && images.sizes.size() == 4) move_channels(images);
  return images;
}

SampleShape shape_of(const IdxArray& images) {
  const auto& sizes = images.sizes;
  return {sizes.size() == 4 ? sizes[1] : 1, sizes[sizes.size() - 2], sizes.back()};
}

void check_shape(const std::string& path, const SampleShape& found, const SampleShape& allowed,
                 const std::string& why) {
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

Dataset joined(IdxArray images, std::vector<std::uint8_t> labels) {
  return {.image = shape_of(images), .pixels = std::move(images.bytes), .labels = std::move(labels)};
}

std::size_t classes_of(const std::vector<std::uint8_t>& labels, const std::string& path) {
  const std::size_t classes = 1u + *std::max_element(labels.begin(), labels.end());
  if (classes < 2) throw InputError(path, "every label is 0; allowed: labels of at least two classes");
  return classes;
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

ParameterInfo layout_parameter() {
  return {.name = "layout",
          .kind = Kind::text,
          .fallback = Value("automatic"),
          .meaning = "order of images of 3 dimensions; automatic: channels first, and what looks otherwise is refused",
          .words = {"automatic", "channels-first", "channels-last"}};
}

Layout layout_of(const std::string& word) {
  if (word == "channels-first") return Layout::channels_first;
  return word == "channels-last" ? Layout::channels_last : Layout::automatic;
}

}  // namespace

IdxArray read_idx_images(const std::string& path, const std::vector<std::size_t>& ranks) {
  ByteReader reader(path);
  std::vector<std::string> named;
  for (const std::size_t rank : ranks) named.push_back(fmt::format("0x{:08x}", magic(kUnsignedByte, rank)));
  const IdxHeader header =
      read_header(reader, {std::span(&kUnsignedByte, 1), ranks, fmt::format("{} (images)", fmt::join(named, " or "))});
  return {header.sizes, read_content(reader, header)};
}

std::vector<std::uint8_t> read_idx_labels(const std::string& path) {
  ByteReader reader(path);
  const IdxHeader header = read_header(reader, {kIntegers, {1, 2}, "0x00000801 (labels)"});
  const std::size_t fields = header.sizes.size() == 2 ? header.sizes[1] : 1;
  if (header.sizes.size() == 2 && fields != kFieldsOfQmnist)
    throw InputError(path,
                     fmt::format("labels of {} numbers each; allowed: 1, or {} as in QMNIST", fields, kFieldsOfQmnist));
  const std::vector<std::uint8_t> bytes = read_content(reader, header);
  std::vector<std::uint8_t> labels;
  for (std::size_t i = 0; i < header.sizes[0]; ++i) {
    const std::int64_t label = number_at(&bytes[i * fields * header.type.bytes], header.type);
    if (label < 0 || label > std::numeric_limits<std::uint8_t>::max())
      throw InputError(path, fmt::format("label {} of image {} (counted from 0); allowed: 0 to 255", label, i));
    labels.push_back(static_cast<std::uint8_t>(label));
  }
  return labels;
}

DataSplits read_idx_directory(const std::string& directory, const IdxRules& rules, Layout layout) {
  const std::array<std::string, 4> files = find_idx_files(directory, rules.folders, rules.source);
  DataSplits splits;
  splits.files.assign(files.begin(), files.end());
  std::vector<Problem> problems;
  IdxArray train, test;
  collect(problems, [&] { train = read_images(files[0], rules, layout); });
  collect(problems, [&] { splits.train.labels = read_idx_labels(files[1]); });
  collect(problems, [&] { test = read_images(files[2], rules, layout); });
  collect(problems, [&] { splits.test.labels = read_idx_labels(files[3]); });
  throw_if_any(beside_compressed(std::move(problems)));
  splits.train = joined(std::move(train), std::move(splits.train.labels));
  splits.test = joined(std::move(test), std::move(splits.test.labels));
  splits.classes = rules.classes ? *rules.classes : classes_of(splits.train.labels, files[1]);
  check(splits, rules);
  return splits;
}

DatasetRegistry::Entry idx_dataset(PluginInfo info, IdxRules rules) {
  info.parameters = file_parameters();
  if (!rules.image) info.parameters.push_back(layout_parameter());
  return {std::move(info), [rules = std::move(rules)](const Parameters& p, std::uint64_t) {
            const Layout layout = rules.image ? Layout::automatic : layout_of(p.text("layout"));
            DataSplits splits = read_idx_directory(p.text("path"), rules, layout);
            apply_limits(splits, p);
            return splits;
          }};
}

}  // namespace steq
