// SPDX-License-Identifier: MIT
#include "records/hdf5_chunks.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <vector>

namespace steq {
namespace {

/// Bytes that the stream unpacks to, or some number above `most`; 0 where it is damaged.
double inflated_size(std::vector<Bytef>& packed, double most) {
  z_stream stream{};
  stream.next_in = packed.data();
  stream.avail_in = static_cast<uInt>(packed.size());
  if (inflateInit(&stream) != Z_OK) return 0;
  std::vector<Bytef> out(1 << 16);
  double size = 0;
  int status = Z_OK;
  while (status == Z_OK && size <= most) {
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    status = inflate(&stream, Z_NO_FLUSH);
    size += static_cast<double>(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END || size > most ? size : 0;
}

/// How the chunks of a dataset are packed.
class Packing {
 public:
  explicit Packing(const Hdf5Dataset& data) {
    const Hdf5Handle properties(H5Dget_create_plist(data.set.id()), H5Pclose);
    const int filters = H5Pget_nfilters(properties.id());
    for (unsigned i = 0; static_cast<int>(i) < filters; ++i) {
      std::size_t values = 0;
      const H5Z_filter_t filter = H5Pget_filter2(properties.id(), i, nullptr, &values, nullptr, 0, nullptr, nullptr);
      if (filter == H5Z_FILTER_DEFLATE)
        deflate_ |= 1u << i;
      else if (filter != H5Z_FILTER_SHUFFLE)
        data.refuse(fmt::format("is packed by HDF5's filter {}; allowed: shuffle and deflate, that is gzip", filter));
    }
  }

  /// `left_out`: bit by bit, which filters a chunk was written without.
  bool deflated(std::uint32_t left_out) const { return (deflate_ & ~left_out) != 0; }

 private:
  std::uint32_t deflate_ = 0;  // bit by bit, which filters are deflate
};

struct Chunk {
  std::array<hsize_t, H5S_MAX_RANK> place;  // of its first value
  std::uint32_t left_out = 0;
  hsize_t stored = 0;  // bytes

  Chunk(const Hdf5Dataset& data, hsize_t index, hsize_t most) {
    if (H5Dget_chunk_info(data.set.id(), data.space.id(), index, place.data(), &left_out, nullptr, &stored) < 0)
      data.refuse("damaged: " + hdf5_reason());
    if (stored > most) data.refuse("damaged: a chunk is larger than the dataset");
  }

  double unpacked(const Hdf5Dataset& data, const Packing& packing) {
    if (!packing.deflated(left_out)) return static_cast<double>(stored);
    std::vector<Bytef> packed(stored);
    if (H5Dread_chunk(data.set.id(), H5P_DEFAULT, place.data(), &left_out, packed.data()) < 0)
      data.refuse("damaged: " + hdf5_reason());
    return inflated_size(packed, data.chunk_bytes());
  }
};

}  // namespace

void check_hdf5_chunks(const Hdf5Dataset& data, hsize_t first, hsize_t end) {
  if (data.chunk.empty()) return;
  hsize_t count = 0;
  if (H5Dget_num_chunks(data.set.id(), data.space.id(), &count) < 0) data.refuse("damaged: " + hdf5_reason());
  const Packing packing(data);
  const hsize_t most = data.stored_bytes();
  for (hsize_t i = 0; i < count; ++i) {
    Chunk chunk(data, i, most);
    if (chunk.place[0] >= end || chunk.place[0] + data.chunk[0] <= first) continue;
    if (const double size = chunk.unpacked(data, packing); size != data.chunk_bytes())
      data.refuse(fmt::format("damaged: chunk {} has {} bytes, not {}", i, size, data.chunk_bytes()));
  }
}

}  // namespace steq
