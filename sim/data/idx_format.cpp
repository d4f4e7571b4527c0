// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

#include "sim/core/errors.hpp"
#include "sim/data/byte_reader.hpp"
#include "sim/data/foreign_file.hpp"

namespace steq {
namespace {

constexpr std::size_t kFieldsOfQmnist = 8;

/// The number types of the format.
struct IdxType {
  std::uint8_t code;
  std::size_t bytes;
  bool has_sign;
};
constexpr IdxType kFloat{0x0d, 4, true}, kDouble{0x0e, 8, true};
constexpr IdxType kUnsignedByte{0x08, 1, false};
constexpr IdxType kImageTypes[] = {kUnsignedByte, kFloat, kDouble};
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

template <class Word, class Number>
double real_at(const std::uint8_t* bytes) {
  Word big_endian = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) big_endian = big_endian << 8 | bytes[i];
  return static_cast<double>(std::bit_cast<Number>(big_endian));
}

/// The numbers of a file of floats or doubles.
std::vector<double> reals_of(const std::string& path, const IdxHeader& header, const std::vector<std::uint8_t>& bytes) {
  std::vector<double> reals(bytes.size() / header.type.bytes);
  const std::size_t of_one = reals.size() / header.sizes[0];
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const std::uint8_t* at = &bytes[i * header.type.bytes];
    reals[i] = header.type.code == kFloat.code ? real_at<std::uint32_t, float>(at) : real_at<std::uint64_t, double>(at);
    if (!std::isfinite(reals[i]))
      throw InputError(path, fmt::format("pixel {} of image {} (both counted from 0) is {}; allowed: finite numbers",
                                         i % of_one, i / of_one, reals[i]));
  }
  return reals;
}

}  // namespace

IdxArray read_idx_images(const std::string& path, const std::vector<std::size_t>& ranks) {
  ByteReader reader(path);
  std::vector<std::string> named;
  for (const std::size_t rank : ranks) named.push_back(fmt::format("0x{:08x}", magic(kUnsignedByte, rank)));
  const IdxHeader header =
      read_header(reader, {kImageTypes, ranks, fmt::format("{} (images)", fmt::join(named, " or "))});
  std::vector<std::uint8_t> bytes = read_content(reader, header);
  if (header.type.code == kUnsignedByte.code) return {header.sizes, std::move(bytes)};
  return {header.sizes, {}, reals_of(path, header, bytes)};
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

}  // namespace steq
