// SPDX-License-Identifier: MIT
#include "records/log_file.hpp"

#include <algorithm>

#include "records/hdf5_file.hpp"
#include "records/hdf5_types.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr hsize_t kChunk = 65536;  ///< values, before compression
constexpr unsigned kDeflate = 4;

/// Whole rows while they fit, else a part of one.
std::vector<hsize_t> chunk_of(const std::vector<hsize_t>& dims) {
  if (dims.size() == 1) return {std::clamp<hsize_t>(dims[0], 1, kChunk)};
  const hsize_t row = std::clamp<hsize_t>(dims[1], 1, kChunk);
  return {kChunk / row, row};
}

/// Compressed, without timestamps, so that equal data are equal bytes.
Hdf5Handle dataset_properties(const std::vector<hsize_t>& chunk, const std::string& path) {
  const std::string what = "cannot prepare compression";
  Hdf5Handle properties(check_hdf5(H5Pcreate(H5P_DATASET_CREATE), path, what), H5Pclose);
  check_hdf5(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()), path, what);
  check_hdf5(H5Pset_shuffle(properties.id()), path, what);
  check_hdf5(H5Pset_deflate(properties.id(), kDeflate), path, what);
  check_hdf5(H5Pset_obj_track_times(properties.id(), false), path, what);
  return properties;
}

Hdf5Handle with_parent_groups(const std::string& path) {
  Hdf5Handle properties(check_hdf5(H5Pcreate(H5P_LINK_CREATE), path, "cannot prepare groups"), H5Pclose);
  check_hdf5(H5Pset_create_intermediate_group(properties.id(), 1), path, "cannot prepare groups");
  return properties;
}

}  // namespace

LogWriter::LogWriter(const std::string& path) : path_(path), file_(create_hdf5(path)) {}

void LogWriter::write_change_points(const std::string& learner, const std::string& tensor, const ChangePointLog& log) {
  const std::string group = log_name(learner, tensor);
  write<Level>(group + "/initial_levels", log.initial_levels());
  write<WeightIndex>(group + "/change_points/weight", log.weights());
  write<Step>(group + "/change_points/step", log.steps());
  write<Level>(group + "/change_points/level", log.levels());
}

void LogWriter::write_grid(const std::string& learner, const std::string& tensor, const Grid& grid) {
  const std::string group = log_name(learner, tensor);
  write<double>(group + "/levels", grid.levels);
  write<double>(group + "/thresholds", grid.thresholds);
  write<double>(group + "/range", std::span(&grid.range, 1));
}

void LogWriter::write_grids(const std::string& learner, const std::string& tensor, const std::vector<Grid>& grids) {
  const std::string group = log_name(learner, tensor);
  for (const Grid& grid : grids) {
    append<double>(group + "/levels", {grid.levels.size()}, grid.levels);
    append<double>(group + "/thresholds", {grid.thresholds.size()}, grid.thresholds);
    append<double>(group + "/range", {}, std::span(&grid.range, 1));
  }
}

void LogWriter::append_grid_parameter(const std::string& group, const std::string& name,
                                      std::span<const double> numbers) {
  const std::vector<hsize_t> row = numbers.size() == 1 ? std::vector<hsize_t>{} : std::vector<hsize_t>{numbers.size()};
  append(group + "/grid_parameters/" + name, row, numbers);
}

void LogWriter::write_path_length(const std::string& learner, const std::string& tensor, double length) {
  write<double>(log_name(learner, tensor) + "/path_length", std::span(&length, 1));
}

void LogWriter::write_logits(const std::string& learner, std::span<const double> logits) {
  write(log_name(learner, "test_logits"), logits);
}

void LogWriter::write_labels(std::span<const std::uint32_t> labels) {
  if (std::ranges::any_of(labels, [](std::uint32_t label) { return label > 255; }))
    return write("/test_labels", labels);
  const std::vector<std::uint8_t> bytes(labels.begin(), labels.end());
  write<std::uint8_t>("/test_labels", bytes);
}

void LogWriter::write_batch_loss(const std::string& learner, std::span<const double> loss) {
  write(log_name(learner, "batch_loss"), loss);
}

void LogWriter::append_latent(const std::string& learner, const std::string& tensor, std::span<const float> weights) {
  append(log_name(learner, tensor) + "/latent", {weights.size()}, weights);
}

void LogWriter::append_latent(const std::string& learner, const std::string& tensor, std::span<const double> weights) {
  append(log_name(learner, tensor) + "/latent", {weights.size()}, weights);
}

void LogWriter::append_latent_thresholds(const std::string& learner, const std::string& tensor,
                                         std::span<const double> thresholds) {
  append(log_name(learner, tensor) + "/latent_thresholds", {thresholds.size()}, thresholds);
}

void LogWriter::append_latent_step(const std::string& learner, Step step) {
  append<Step>(log_name(learner, "latent_steps"), {}, std::span<const Step>(&step, 1));
}

void LogWriter::close() {
  for (auto& [name, dataset] : growing_) check_hdf5(dataset.close(), path_, "cannot write " + name);
  growing_.clear();
  check_hdf5(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), path_, "cannot write");
  check_hdf5(file_.close(), path_, "cannot write");
}

/// dims[0] may grow.
template <class T>
Hdf5Handle LogWriter::create(const std::string& name, const std::vector<hsize_t>& dims) {
  const std::string what = "cannot write " + name;
  std::vector<hsize_t> largest = dims;
  largest[0] = H5S_UNLIMITED;
  const Hdf5Handle space(
      check_hdf5(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), largest.data()), path_, what), H5Sclose);
  const Hdf5Handle links = with_parent_groups(path_), properties = dataset_properties(chunk_of(dims), path_);
  return {check_hdf5(H5Dcreate2(file_.id(), name.c_str(), hdf5_type<T>().file, space.id(), links.id(), properties.id(),
                                H5P_DEFAULT),
                     path_, what),
          H5Dclose};
}

template <class T>
void LogWriter::write(const std::string& name, std::span<const T> values) {
  Hdf5Handle dataset = create<T>(name, {values.size()});
  if (!values.empty())
    check_hdf5(H5Dwrite(dataset.id(), hdf5_type<T>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), path_,
               "cannot write " + name);
  check_hdf5(dataset.close(), path_, "cannot write " + name);
}

template <class T>
void LogWriter::append(const std::string& name, const std::vector<hsize_t>& row_dims, std::span<const T> row) {
  const std::string what = "cannot write " + name;
  std::vector<hsize_t> first(1 + row_dims.size(), 0), dims = first, count(1, 1);
  std::copy(row_dims.begin(), row_dims.end(), dims.begin() + 1);
  count.insert(count.end(), row_dims.begin(), row_dims.end());
  Hdf5Handle& dataset = growing_[name];
  if (!dataset) dataset = create<T>(name, dims);
  const Hdf5Handle old_space(check_hdf5(H5Dget_space(dataset.id()), path_, what), H5Sclose);
  check_hdf5(H5Sget_simple_extent_dims(old_space.id(), dims.data(), nullptr), path_, what);
  first[0] = dims[0]++;
  check_hdf5(H5Dset_extent(dataset.id(), dims.data()), path_, what);
  const Hdf5Handle space(check_hdf5(H5Dget_space(dataset.id()), path_, what), H5Sclose);
  check_hdf5(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, first.data(), nullptr, count.data(), nullptr), path_,
             what);
  const Hdf5Handle memory(
      check_hdf5(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), path_, what), H5Sclose);
  check_hdf5(H5Dwrite(dataset.id(), hdf5_type<T>().memory, memory.id(), space.id(), H5P_DEFAULT, row.data()), path_,
             what);
}

}  // namespace steq
