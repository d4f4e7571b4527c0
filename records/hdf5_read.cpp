// SPDX-License-Identifier: MIT
#include "records/hdf5_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "records/hdf5_types.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// Deflate makes data smaller by no more than this factor.
constexpr double kBestCompression = 1040;

/// What a dataset may hold that nobody wrote: its fill value, without a byte in the file.
constexpr double kUnwritten = 16 << 20;

struct OpenDataset {
  std::string path, name;
  Hdf5Handle set, space, type;

  [[noreturn]] void refuse(const std::string& why) const { throw InputError(path, name + ": " + why); }
  bool is(H5T_class_t kind) const { return H5Tget_class(type.id()) == kind; }
};

OpenDataset open(const Hdf5Handle& file, const std::string& path, const std::string& name) {
  OpenDataset data{path, name, {H5Dopen2(file.id(), name.c_str(), H5P_DEFAULT), H5Dclose}, {}, {}};
  if (!data.set) throw InputError(path, "has no dataset " + name);
  data.space = {H5Dget_space(data.set.id()), H5Sclose};
  data.type = {H5Dget_type(data.set.id()), H5Tclose};
  if (!data.space || !data.type) data.refuse("damaged: " + hdf5_reason());
  return data;
}

/// Values in one chunk, which the library wants in memory at once; 0 where there are no chunks.
double chunk_of(const OpenDataset& data) {
  const Hdf5Handle properties(H5Dget_create_plist(data.set.id()), H5Pclose);
  if (H5Pget_layout(properties.id()) != H5D_CHUNKED) return 0;
  hsize_t dims[H5S_MAX_RANK];
  const int rank = H5Pget_chunk(properties.id(), H5S_MAX_RANK, dims);
  return std::accumulate(dims, dims + std::max(rank, 0), 1.0, std::multiplies<>());
}

/// A chunk of which some filter is said to have been left out has to be as large as it will be in memory: the library
/// copies so many bytes without looking.
void check_chunks(const OpenDataset& data) {
  const double whole = chunk_of(data) * static_cast<double>(H5Tget_size(data.type.id()));
  hsize_t count = 0;
  if (whole == 0) return;
  if (H5Dget_num_chunks(data.set.id(), data.space.id(), &count) < 0) data.refuse("damaged: " + hdf5_reason());
  const Hdf5Handle properties(H5Dget_create_plist(data.set.id()), H5Pclose);
  const bool filtered = H5Pget_nfilters(properties.id()) > 0;
  for (hsize_t i = 0; i < count; ++i) {
    hsize_t place[H5S_MAX_RANK], stored = 0;
    unsigned left_out = 0;
    if (H5Dget_chunk_info(data.set.id(), data.space.id(), i, place, &left_out, nullptr, &stored) < 0)
      data.refuse("damaged: " + hdf5_reason());
    if ((!filtered || left_out != 0) && static_cast<double>(stored) != whole)
      data.refuse(fmt::format("damaged: chunk {} has {} bytes, not {:.0f}", i, stored, whole));
  }
}

/// What the dataset takes in the file, compressed, decides how much it can hold.
std::size_t checked_size(const OpenDataset& data) {
  const hssize_t count = H5Sget_simple_extent_npoints(data.space.id());
  std::error_code error;
  const auto file = std::filesystem::file_size(data.path, error);
  const std::uintmax_t stored = std::min<std::uintmax_t>(H5Dget_storage_size(data.set.id()), error ? 0 : file);
  const double most = std::max(kUnwritten, kBestCompression * static_cast<double>(stored));
  const double values = std::max(static_cast<double>(count), chunk_of(data));
  if (count < 0 || values * static_cast<double>(H5Tget_size(data.type.id())) > most)
    data.refuse("damaged: larger than its file can be");
  check_chunks(data);
  return static_cast<std::size_t>(count);
}

template <class T>
std::vector<T> read_as(const OpenDataset& data, hid_t memory) {
  std::vector<T> values(checked_size(data));
  if (!values.empty() && H5Dread(data.set.id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    data.refuse("cannot be read: " + hdf5_reason());
  return values;
}

/// HDF5 itself would clip what does not fit, without a word.
template <class T>
std::vector<T> narrowed(const OpenDataset& data) {
  const std::vector<long long> wide = read_as<long long>(data, H5T_NATIVE_LLONG);
  std::vector<T> values;
  values.reserve(wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (!std::in_range<T>(wide[i]))
      data.refuse(fmt::format("value {} is {}; allowed: {} to {}", i, wide[i], std::numeric_limits<T>::min(),
                              std::numeric_limits<T>::max()));
    values.push_back(static_cast<T>(wide[i]));
  }
  return values;
}

void check_numbers(const OpenDataset& data) {
  if (!data.is(H5T_FLOAT) && !data.is(H5T_INTEGER)) data.refuse("holds no numbers; allowed: numbers");
}

}  // namespace

template <class T>
std::vector<T> read_hdf5(const Hdf5Handle& file, const std::string& path, const std::string& name) {
  const OpenDataset data = open(file, path, name);
  if constexpr (std::is_integral_v<T>) {
    if (!data.is(H5T_INTEGER)) data.refuse("holds no integers; allowed: integers");
    if (H5Tequal(data.type.id(), hdf5_type<T>().file) <= 0) return narrowed<T>(data);
  } else {
    check_numbers(data);
  }
  return read_as<T>(data, hdf5_type<T>().memory);
}

template std::vector<double> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);
template std::vector<std::uint32_t> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);
template std::vector<std::uint8_t> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);
template std::vector<std::int16_t> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);

std::vector<double> read_hdf5_row(const Hdf5Handle& file, const std::string& path, const std::string& name,
                                  std::size_t row) {
  const OpenDataset data = open(file, path, name);
  check_numbers(data);
  checked_size(data);
  hsize_t dims[2] = {0, 0};
  if (H5Sget_simple_extent_ndims(data.space.id()) != 2) data.refuse("is no table; allowed: [records, weights]");
  H5Sget_simple_extent_dims(data.space.id(), dims, nullptr);
  if (row >= dims[0]) data.refuse(fmt::format("has {} rows, row {} was asked for", dims[0], row));
  const hsize_t first[2] = {row, 0}, count[2] = {1, dims[1]};
  H5Sselect_hyperslab(data.space.id(), H5S_SELECT_SET, first, nullptr, count, nullptr);
  const Hdf5Handle memory(H5Screate_simple(1, &count[1], nullptr), H5Sclose);
  std::vector<double> values(dims[1]);
  if (H5Dread(data.set.id(), H5T_NATIVE_DOUBLE, memory.id(), data.space.id(), H5P_DEFAULT, values.data()) < 0)
    data.refuse("cannot be read: " + hdf5_reason());
  return values;
}

}  // namespace steq
