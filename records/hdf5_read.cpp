// SPDX-License-Identifier: MIT
#include "records/hdf5_read.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "records/hdf5_chunks.hpp"
#include "records/hdf5_types.hpp"

namespace steq {
namespace {

template <class T>
std::vector<T> read_as(const Hdf5Dataset& data, hid_t memory) {
  std::vector<T> values(data.checked_size());
  check_hdf5_chunks(data, 0, H5S_UNLIMITED);
  if (!values.empty() && H5Dread(data.set.id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    data.refuse("cannot be read: " + hdf5_reason());
  return values;
}

/// HDF5 itself would clip what does not fit, without a word.
template <class T>
std::vector<T> narrowed(const Hdf5Dataset& data) {
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

void check_numbers(const Hdf5Dataset& data) {
  if (!data.is(H5T_FLOAT) && !data.is(H5T_INTEGER)) data.refuse("holds no numbers; allowed: numbers");
}

}  // namespace

template <class T>
std::vector<T> read_hdf5(const Hdf5Handle& file, const std::string& path, const std::string& name) {
  const Hdf5Dataset data(file, path, name);
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
  const Hdf5Dataset data(file, path, name);
  check_numbers(data);
  data.checked_size();
  hsize_t dims[2] = {0, 0};
  if (H5Sget_simple_extent_ndims(data.space.id()) != 2) data.refuse("is no table; allowed: [records, weights]");
  H5Sget_simple_extent_dims(data.space.id(), dims, nullptr);
  if (row >= dims[0]) data.refuse(fmt::format("has {} rows, row {} was asked for", dims[0], row));
  check_hdf5_chunks(data, row, row + 1);
  const hsize_t first[2] = {row, 0}, count[2] = {1, dims[1]};
  H5Sselect_hyperslab(data.space.id(), H5S_SELECT_SET, first, nullptr, count, nullptr);
  const Hdf5Handle memory(H5Screate_simple(1, &count[1], nullptr), H5Sclose);
  std::vector<double> values(dims[1]);
  if (H5Dread(data.set.id(), H5T_NATIVE_DOUBLE, memory.id(), data.space.id(), H5P_DEFAULT, values.data()) < 0)
    data.refuse("cannot be read: " + hdf5_reason());
  return values;
}

}  // namespace steq
