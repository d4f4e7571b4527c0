// SPDX-License-Identifier: MIT
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <type_traits>

namespace steq {

/// How a number lies in the file (always little-endian) and in memory.
struct Hdf5Type {
  hid_t file;
  hid_t memory;
};

template <class T>
Hdf5Type hdf5_type() {
  if constexpr (std::is_same_v<T, float>)
    return {H5T_IEEE_F32LE, H5T_NATIVE_FLOAT};
  else if constexpr (std::is_same_v<T, double>)
    return {H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE};
  else if constexpr (std::is_same_v<T, std::uint32_t>)
    return {H5T_STD_U32LE, H5T_NATIVE_UINT32};
  else if constexpr (std::is_same_v<T, std::uint8_t>)
    return {H5T_STD_U8LE, H5T_NATIVE_UINT8};
  else {
    static_assert(std::is_same_v<T, std::int16_t>);
    return {H5T_STD_I16LE, H5T_NATIVE_INT16};
  }
}

}  // namespace steq
