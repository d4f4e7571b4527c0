// SPDX-License-Identifier: MIT
#include "sim/data/byte_reader.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr std::size_t kPiece = 1 << 20;

// No images are this much smaller when compressed; a file made to fill the memory is.
constexpr std::uint64_t kSmallContent = 64 << 20, kMostExpansion = 100;

}  // namespace

void ByteReader::Close::operator()(gzFile_s* file) const { gzclose_r(file); }

ByteReader::ByteReader(std::string path)
    : path_(std::move(path)), file_(gzopen(path_.c_str(), "rb")), buffer_(1 << 17) {
  if (!file_) throw IoError(path_, std::strerror(errno));
}

void ByteReader::check() const {
  int code = Z_OK;
  const std::string text = gzerror(file_.get(), &code);
  const std::uint64_t arrived = position_ + unread_.size();
  if (code == Z_ERRNO) throw IoError(path_, text);
  if (code == Z_BUF_ERROR)
    throw InputError(path_, fmt::format("truncated: the gzip stream breaks off after {} bytes of content", arrived));
  if (code != Z_OK && code != Z_STREAM_END)
    throw InputError(path_, fmt::format("damaged gzip stream after {} bytes of content ({})", arrived, text));
}

void ByteReader::refuse_bomb() const {
  const std::uint64_t arrived = position_ + unread_.size();
  const auto compressed = static_cast<std::uint64_t>(std::max<z_off_t>(gzoffset(file_.get()), 1));
  if (arrived > kSmallContent && arrived / compressed > kMostExpansion)
    throw InputError(
        path_, fmt::format("{} bytes of it hold {} of content; allowed: at most {} times as many beyond {}", compressed,
                           arrived, kMostExpansion, kSmallContent));
}

std::span<const std::uint8_t> ByteReader::next(std::size_t count) {
  if (unread_.empty()) {
    // Always a whole buffer: zlib notices a missing checksum only where it is asked for more than there is.
    const int got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
    unread_ = std::span(buffer_).first(static_cast<std::size_t>(std::max(got, 0)));
    if (unread_.size() < buffer_.size()) check();
    refuse_bomb();
  }
  const auto bytes = unread_.first(std::min(count, unread_.size()));
  unread_ = unread_.subspan(bytes.size());
  position_ += bytes.size();
  return bytes;
}

std::size_t ByteReader::read(std::span<std::uint8_t> bytes) {
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const auto got = next(bytes.size() - filled);
    if (got.empty()) break;
    std::copy(got.begin(), got.end(), bytes.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += got.size();
  }
  return filled;
}

std::vector<std::uint8_t> ByteReader::read_up_to(std::uint64_t count) {
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    const std::size_t after = std::min<std::uint64_t>(count, before + std::max(kPiece, before));
    bytes.reserve(after);
    bytes.resize(after);
    const std::size_t got = read(std::span(bytes).subspan(before));
    bytes.resize(before + got);
    if (before + got < after) break;
  }
  return bytes;
}

std::uint64_t ByteReader::skip_rest() {
  const std::uint64_t before = position_;
  while (!next(buffer_.size()).empty()) {
  }
  return position_ - before;
}

}  // namespace steq
