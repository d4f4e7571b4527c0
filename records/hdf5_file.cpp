// SPDX-License-Identifier: MIT
#include "records/hdf5_file.hpp"

#include <cerrno>
#include <cstring>

namespace steq {
namespace {

Hdf5Handle without_locks() {
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_file_locking(access.id(), false, true);
  return access;
}

}  // namespace

Hdf5Handle create_hdf5(const std::string& path) {
  prepare_hdf5();
  const Hdf5Handle access = without_locks();
  return {check_hdf5(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), path, "cannot create"),
          H5Fclose};
}

Hdf5Handle open_hdf5(const std::string& path) {
  prepare_hdf5();
  Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (file || hdf5_reason() == std::strerror(EWOULDBLOCK)) return file;
  const Hdf5Handle access = without_locks();
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose};
}

}  // namespace steq
