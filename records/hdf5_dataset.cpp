// SPDX-License-Identifier: MIT
#include "records/hdf5_dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// Deflate makes data smaller by no more than this factor.
constexpr double kBestCompression = 1040;

/// What a dataset may hold that nobody wrote: its fill value, without a byte in the file.
constexpr double kUnwritten = 16 << 20;

std::vector<hsize_t> chunk_of(const Hdf5Handle& properties) {
  std::vector<hsize_t> dims(H5S_MAX_RANK);
  const int rank = H5Pget_chunk(properties.id(), H5S_MAX_RANK, dims.data());
  dims.resize(static_cast<std::size_t>(std::max(rank, 0)));
  return dims;
}

}  // namespace

Hdf5Dataset::Hdf5Dataset(const Hdf5Handle& file, const std::string& file_path, const std::string& dataset)
    : path(file_path), name(dataset), set(H5Dopen2(file.id(), dataset.c_str(), H5P_DEFAULT), H5Dclose) {
  if (!set) throw InputError(path, "has no dataset " + name);
  space = {H5Dget_space(set.id()), H5Sclose};
  type = {H5Dget_type(set.id()), H5Tclose};
  if (!space || !type) refuse("damaged: " + hdf5_reason());
  const Hdf5Handle properties(H5Dget_create_plist(set.id()), H5Pclose);
  layout = H5Pget_layout(properties.id());
  if (layout == H5D_CHUNKED) chunk = chunk_of(properties);
}

void Hdf5Dataset::refuse(const std::string& why) const { throw InputError(path, name + ": " + why); }

std::uintmax_t Hdf5Dataset::stored_bytes() const {
  std::error_code error;
  const auto file = std::filesystem::file_size(path, error);
  return std::min<std::uintmax_t>(H5Dget_storage_size(set.id()), error ? 0 : file);
}

double Hdf5Dataset::chunk_bytes() const {
  return std::accumulate(chunk.begin(), chunk.end(), static_cast<double>(H5Tget_size(type.id())), std::multiplies<>());
}

std::size_t Hdf5Dataset::checked_size() const {
  const hssize_t count = H5Sget_simple_extent_npoints(space.id());
  const double stored = static_cast<double>(stored_bytes());
  const double bytes = static_cast<double>(count) * static_cast<double>(H5Tget_size(type.id()));
  const double in_memory = std::max(bytes, chunk.empty() ? 0 : chunk_bytes());
  if (count < 0 || in_memory > std::max(kUnwritten, kBestCompression * stored))
    refuse("damaged: larger than its file can be");
  const bool written = stored > 0 || layout == H5D_COMPACT;  // whose bytes HDF5 takes for given
  if (chunk.empty() && written && stored != bytes) refuse(fmt::format("damaged: has {} bytes, not {}", stored, bytes));
  return static_cast<std::size_t>(count);
}

}  // namespace steq
