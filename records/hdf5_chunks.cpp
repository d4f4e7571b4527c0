// SPDX-License-Identifier: MIT
#include "records/hdf5_chunks.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace steq {
namespace {

constexpr std::size_t kChecksum = 4;  ///< bytes that fletcher32 adds

class Inflater {
 public:
  Inflater() { inflateInit(&stream_); }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Bytes that `packed` gives, or some number above `most`; 0 where it is damaged.
  double size_of(std::span<Bytef> packed, double most) {
    inflateReset(&stream_);
    stream_.next_in = packed.data();
    stream_.avail_in = static_cast<uInt>(packed.size());
    double size = 0;
    int status = Z_OK;
    while (status == Z_OK && size <= most) {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      status = inflate(&stream_, Z_NO_FLUSH);
      size += static_cast<double>(out_.size() - stream_.avail_out);
    }
    return status == Z_STREAM_END || size > most ? size : 0;
  }

 private:
  z_stream stream_{};
  std::array<Bytef, 1 << 16> out_;
};

using Filters = std::vector<H5Z_filter_t>;  ///< in the order in which they were applied

Filters filters_of(const Hdf5Dataset& data) {
  const Hdf5Handle properties(H5Dget_create_plist(data.set.id()), H5Pclose);
  Filters filters;
  for (int i = 0; i < H5Pget_nfilters(properties.id()); ++i) {
    std::size_t values = 0;
    char name[64] = "";
    filters.push_back(H5Pget_filter2(properties.id(), static_cast<unsigned>(i), nullptr, &values, nullptr, sizeof name,
                                     name, nullptr));
    const H5Z_filter_t filter = filters.back();
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      data.cannot_use(
          fmt::format("is packed by HDF5's filter {} ({}); allowed: shuffle, deflate (that is gzip) and "
                      "fletcher32",
                      filter, name));
  }
  if (std::ranges::count(filters, H5Z_FILTER_DEFLATE) > 1) data.cannot_use("is packed twice; allowed: once");
  return filters;
}

/// Unpacks the chunks of one dataset, one after the other.
class ChunkReader {
 public:
  ChunkReader(const Hdf5Dataset& data, Filters filters)
      : data_(data), filters_(std::move(filters)), most_in_file_(data.stored_bytes()) {}

  /// Throws InputError where the chunk that begins at `place` has another size than the dataset's chunks.
  void check(const std::vector<hsize_t>& place) {
    hsize_t stored = 0;
    if (H5Dget_chunk_storage_size(data_.set.id(), place.data(), &stored) < 0) return;  // nothing is stored there
    if (stored > most_in_file_) data_.refuse("damaged: a chunk is larger than the dataset");
    bytes_.resize(stored);
    std::uint32_t left_out = 0;
    if (H5Dread_chunk(data_.set.id(), H5P_DEFAULT, place.data(), &left_out, bytes_.data()) < 0)
      data_.refuse("damaged: " + hdf5_reason());
    if (const double size = unpacked_size(left_out); size != data_.chunk_bytes())
      data_.refuse(fmt::format("damaged: the chunk at [{}] has {} bytes, not {}", fmt::join(place, ", "), size,
                               data_.chunk_bytes()));
  }

 private:
  /// `left_out`: bit by bit, which filters the chunk was written without.
  double unpacked_size(std::uint32_t left_out) {
    double size = static_cast<double>(bytes_.size());
    for (std::size_t i = filters_.size(); i-- > 0;) {
      if (left_out >> i & 1) continue;
      if (filters_[i] == H5Z_FILTER_FLETCHER32) size = std::max(size - kChecksum, 0.0);
      if (filters_[i] == H5Z_FILTER_DEFLATE)
        size =
            inflater_.size_of(std::span(bytes_).first(static_cast<std::size_t>(size)), data_.chunk_bytes() + kChecksum);
    }
    return size;
  }

  const Hdf5Dataset& data_;
  Filters filters_;
  std::uintmax_t most_in_file_;
  Inflater inflater_;
  std::vector<Bytef> bytes_;
};

/// visit(place of its first value) for each chunk that holds rows [first, end), whether it is stored or not.
template <class Visit>
void for_each_chunk(const Hdf5Dataset& data, hsize_t first, hsize_t end, const Visit& visit) {
  if (std::ranges::find(data.extent, hsize_t{0}) != data.extent.end()) return;
  std::vector<hsize_t> place(data.extent.size(), 0);
  place[0] = first / data.chunk[0] * data.chunk[0];
  while (place[0] < std::min(end, data.extent[0])) {
    visit(place);
    for (std::size_t d = place.size(); d-- > 0;) {
      place[d] += data.chunk[d];
      if (d == 0 || place[d] < data.extent[d]) break;
      place[d] = 0;
    }
  }
}

}  // namespace

void check_hdf5_chunks(const Hdf5Dataset& data, hsize_t first, hsize_t end) {
  if (data.chunk.empty()) return;
  Filters filters = filters_of(data);
  if (filters.empty()) return;  // read without the cache, whatever sizes the file gives
  ChunkReader reader(data, std::move(filters));
  for_each_chunk(data, first, end, [&](const std::vector<hsize_t>& place) { reader.check(place); });
}

}  // namespace steq
