// SPDX-License-Identifier: MIT
// Reads a file front to back, plain or gzip alike.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct gzFile_s;  // zlib's

namespace steq {

/// Reading throws InputError where a gzip stream is damaged or cut off, IoError where the system refuses to read;
/// InputError too where more than 64 MiB come out of a hundredth of that. What follows a complete gzip stream and is
/// not one itself is ignored, as gzip does.
class ByteReader {
 public:
  /// Throws IoError where the file cannot be opened.
  explicit ByteReader(std::string path);

  const std::string& path() const { return path_; }

  /// Bytes of content read so far.
  std::uint64_t position() const { return position_; }

  /// Fills `bytes` as far as the content reaches; how many were filled.
  std::size_t read(std::span<std::uint8_t> bytes);

  /// Up to `count` bytes. Memory grows with what arrives, so a wrong count costs nothing.
  std::vector<std::uint8_t> read_up_to(std::uint64_t count);

  /// Reads to the end, so that a gzip checksum is verified too; how many bytes there still were.
  std::uint64_t skip_rest();

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };

  /// Throws what is wrong with the stream so far, if anything.
  void check() const;

  /// Throws InputError where a small file has grown large.
  void refuse_bomb() const;

  /// The next bytes of content, at most `count`; empty at the end.
  std::span<const std::uint8_t> next(std::size_t count);

  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::vector<std::uint8_t> buffer_;
  std::span<const std::uint8_t> unread_;  ///< part of buffer_
  std::uint64_t position_ = 0;
};

}  // namespace steq
