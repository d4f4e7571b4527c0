// SPDX-License-Identifier: MIT
#include "records/hdf5_dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <numeric>

namespace steq {
namespace {

/// Deflate makes data smaller by no more than this factor.
constexpr double kBestCompression = 1040;

/// What a dataset may hold that nobody wrote: its fill value, without a byte in the file.
constexpr double kUnwritten = 16 << 20;
constexpr double kUnwrittenChunks = 1 << 16;

/// Without a chunk cache HDF5 1.10 reads chunks that are not packed at their places, by the size that all have; from
/// the cache it would copy as many bytes, whatever size the file gives for one.
Hdf5Handle without_cache() {
  Hdf5Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.id(), 0, 0, 0);
  return access;
}

std::vector<hsize_t> extent_of(const Hdf5Handle& space) {
  std::vector<hsize_t> dims(H5S_MAX_RANK);
  const int rank = H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr);
  dims.resize(static_cast<std::size_t>(std::max(rank, 0)));
  return dims;
}

std::vector<hsize_t> chunk_of(const Hdf5Handle& properties) {
  std::vector<hsize_t> dims(H5S_MAX_RANK);
  const int rank = H5Pget_chunk(properties.id(), H5S_MAX_RANK, dims.data());
  dims.resize(static_cast<std::size_t>(std::max(rank, 0)));
  return dims;
}

/// How many chunks the dataset has room for.
double chunk_places(const Hdf5Dataset& data) {
  double places = data.chunk.empty() ? 0 : 1;
  for (std::size_t d = 0; d < data.chunk.size(); ++d)
    places *= std::ceil(static_cast<double>(data.extent[d]) / static_cast<double>(data.chunk[d]));
  return places;
}

double stored_chunks(const Hdf5Dataset& data) {
  hsize_t count = 0;
  if (!data.chunk.empty() && H5Dget_num_chunks(data.set.id(), data.space.id(), &count) < 0)
    data.refuse("damaged: " + hdf5_reason());
  return static_cast<double>(count);
}

}  // namespace

Hdf5Dataset::Hdf5Dataset(const Hdf5Handle& file, const std::string& file_path, const std::string& dataset)
    : path(file_path), name(dataset), set(H5Dopen2(file.id(), dataset.c_str(), without_cache().id()), H5Dclose) {
  if (!set) {
    const std::string reason = hdf5_reason();
    const Hdf5Handle other(H5Oopen(file.id(), name.c_str(), H5P_DEFAULT), H5Oclose);
    if (other && H5Iget_type(other.id()) != H5I_DATASET) cannot_use("is a group; allowed: a dataset");
    if (!hdf5_has(file, name)) throw InputError(path, "has no dataset " + name);
    refuse("cannot be opened: " + reason);
  }
  space = {H5Dget_space(set.id()), H5Sclose};
  type = {H5Dget_type(set.id()), H5Tclose};
  if (!space || !type) refuse("damaged: " + hdf5_reason());
  const Hdf5Handle properties(H5Dget_create_plist(set.id()), H5Pclose);
  layout = H5Pget_layout(properties.id());
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties.id()) > 0)
    cannot_use("lies in other files; allowed: values in the file itself");
  extent = extent_of(space);
  if (layout != H5D_CHUNKED) return;
  chunk = chunk_of(properties);
  if (chunk.empty() || chunk.size() != extent.size() || std::ranges::find(chunk, hsize_t{0}) != chunk.end())
    refuse("damaged: its chunks have another shape than the dataset");
}

void Hdf5Dataset::refuse(const std::string& why) const { throw InputError(path, name + ": " + why); }

void Hdf5Dataset::cannot_use(const std::string& why) const { throw UnusableDataset(path, name + ": " + why); }

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
  if (count < 0 || in_memory > std::max(kUnwritten, kBestCompression * stored) ||
      chunk_places(*this) > stored_chunks(*this) + kUnwrittenChunks)
    refuse("damaged: larger than its file can be");
  const bool written = stored > 0 || layout == H5D_COMPACT;  // whose bytes HDF5 takes for given
  if (chunk.empty() && written && stored != bytes) refuse(fmt::format("damaged: has {} bytes, not {}", stored, bytes));
  return static_cast<std::size_t>(count);
}

}  // namespace steq
