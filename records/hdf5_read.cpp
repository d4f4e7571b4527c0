// SPDX-License-Identifier: MIT
#include "records/hdf5_read.hpp"

#include <fmt/format.h>

#include <cmath>
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

template <class T>
bool holds(long long value) {
  return std::in_range<T>(value);
}

/// Of an integer type of at most 32 bits, all of whose values a double holds.
template <class T>
bool holds(double value) {
  return value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max() && value == std::floor(value);
}

/// HDF5 itself would clip what does not fit and cut off fractions, without a word.
template <class T, class Wide>
std::vector<T> narrowed(const Hdf5Dataset& data, const std::vector<Wide>& wide) {
  std::vector<T> values;
  values.reserve(wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (!holds<T>(wide[i]))
      data.cannot_use(fmt::format("value {} is {}; allowed: whole numbers from {} to {}", i, wide[i],
                                  std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    values.push_back(static_cast<T>(wide[i]));
  }
  return values;
}

/// h5py's booleans are an enumeration, those of other programs a field of 8 bits.
template <class T>
std::vector<T> read_integers(const Hdf5Dataset& data) {
  if (H5Tequal(data.type.id(), hdf5_type<T>().file) > 0) return read_as<T>(data, hdf5_type<T>().memory);
  if (data.is(H5T_INTEGER) || data.is(H5T_ENUM)) return narrowed<T>(data, read_as<long long>(data, H5T_NATIVE_LLONG));
  if (data.is(H5T_FLOAT)) return narrowed<T>(data, read_as<double>(data, H5T_NATIVE_DOUBLE));
  if (data.is(H5T_BITFIELD) && H5Tget_size(data.type.id()) == 1) {
    const std::vector<std::uint8_t> bits = read_as<std::uint8_t>(data, data.type.id());
    return {bits.begin(), bits.end()};
  }
  data.cannot_use("holds no integers; allowed: integers, booleans, or whole numbers of another type");
}

void check_numbers(const Hdf5Dataset& data) {
  if (!data.is(H5T_FLOAT) && !data.is(H5T_INTEGER)) data.cannot_use("holds no numbers; allowed: numbers");
}

}  // namespace

template <class T>
std::vector<T> read_hdf5(const Hdf5Handle& file, const std::string& path, const std::string& name) {
  const Hdf5Dataset data(file, path, name);
  if constexpr (std::is_integral_v<T>) return read_integers<T>(data);
  check_numbers(data);
  return read_as<T>(data, hdf5_type<T>().memory);
}

template std::vector<double> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);
template std::vector<std::uint32_t> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);
template std::vector<std::int16_t> read_hdf5(const Hdf5Handle&, const std::string&, const std::string&);

std::vector<double> read_hdf5_row(const Hdf5Handle& file, const std::string& path, const std::string& name,
                                  std::size_t row) {
  const Hdf5Dataset data(file, path, name);
  check_numbers(data);
  data.checked_size();
  if (data.extent.size() != 2) data.cannot_use("is no table; allowed: [records, weights]");
  if (row >= data.extent[0]) data.cannot_use(fmt::format("has {} rows, row {} was asked for", data.extent[0], row));
  check_hdf5_chunks(data, row, row + 1);
  const hsize_t first[2] = {row, 0}, count[2] = {1, data.extent[1]};
  H5Sselect_hyperslab(data.space.id(), H5S_SELECT_SET, first, nullptr, count, nullptr);
  const Hdf5Handle memory(H5Screate_simple(1, &count[1], nullptr), H5Sclose);
  std::vector<double> values(data.extent[1]);
  if (H5Dread(data.set.id(), H5T_NATIVE_DOUBLE, memory.id(), data.space.id(), H5P_DEFAULT, values.data()) < 0)
    data.refuse("cannot be read: " + hdf5_reason());
  return values;
}

}  // namespace steq
