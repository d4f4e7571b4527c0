// SPDX-License-Identifier: MIT
// A logs.h5 as another program writes it, in a directory of its own.
#pragma once

#include <hdf5.h>

#include <filesystem>
#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"
#include "records/safetensors.hpp"
#include "tests/experiments/temporary_directory.hpp"

namespace steq::testing {

/// What happened to the weights of a tensor: first levels, then change points.
struct ForeignTensor {
  std::vector<double> initial, weight{}, step{}, level{};
};

class ForeignLog {
 public:
  explicit ForeignLog(const std::filesystem::path& directory) : directory_(directory) {
    prepare_hdf5();
    std::filesystem::create_directories(directory);
    const std::string path = (directory / "logs.h5").string();
    file_ = {check_hdf5(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), path, "cannot create"),
             H5Fclose};
    links_ = {H5Pcreate(H5P_LINK_CREATE), H5Pclose};
    H5Pset_create_intermediate_group(links_.id(), 1);
  }
  ~ForeignLog() { close(); }

  /// A dataset [values] of a type of the file.
  ForeignLog& put(const std::string& name, const std::vector<double>& values, hid_t type = H5T_IEEE_F64LE) {
    const hsize_t size = values.size();
    const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
    const Hdf5Handle set(H5Dcreate2(file_.id(), name.c_str(), type, space.id(), links_.id(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Dclose);
    H5Dwrite(set.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    return *this;
  }

  ForeignLog& group(const std::string& name) {
    const Hdf5Handle group(H5Gcreate2(file_.id(), name.c_str(), links_.id(), H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    return *this;
  }

  ForeignLog& tensor(const std::string& name, const ForeignTensor& tensor, hid_t levels = H5T_STD_I16LE) {
    put(name + "/initial_levels", tensor.initial, levels);
    put(name + "/change_points/weight", tensor.weight, H5T_STD_I64LE);
    put(name + "/change_points/step", tensor.step, H5T_STD_I64LE);
    return put(name + "/change_points/level", tensor.level, levels);
  }

  ForeignLog& weights(const std::string& file, const std::vector<StoredTensor>& tensors) {
    std::filesystem::create_directories(directory_ / "weights");
    write_safetensors((directory_ / "weights" / (file + ".safetensors")).string(),
                      {.tensors = tensors, .metadata = {}});
    return *this;
  }

  ForeignLog& json(const std::string& file, const std::string& text) {
    testing::put(directory_ / file, text);
    return *this;
  }

  void close() { file_.close(); }

 private:
  std::filesystem::path directory_;
  Hdf5Handle file_, links_;
};

}  // namespace steq::testing
